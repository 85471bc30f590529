function __mail-search_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-search_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-search_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-search_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-search_parse_tokens -S
    set -l unparsed_tokens (__mail-search_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-search'
        __mail-search_parse_subcommand -r 1 'limit=' 'sort=' 'reverse' 'folder=+' 'all' 'count' 'explain' 'last' 'save=' 'saved' 'delete=' 'compact' 'normal' 'full-dates' 'format=' 't/table' '0/null' 'store=' 'config=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __mail-search_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-search_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-search_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __mail-search_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-search_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-search_tokens -p)
    if test -z "$(__mail-search_tokens -t)"
        set -l index (count (__mail-search_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-search' -f
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" limit' -l 'limit' -d 'At most so many messages, 200 without this option; or all.' -rfka ''
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" sort' -l 'sort' -d 'By relevance, date, received, from, subject or size.' -rfka 'relevance date received from subject size'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" reverse' -l 'reverse' -d 'The other way round: oldest first, smallest first, Z to A, best last.'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search"' -l 'folder' -d 'Only in this folder; may be given again, and * stands for anything.' -rfka ''
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" all' -l 'all' -d 'Also in Trash and Junk.'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" count' -l 'count' -d 'Print how many messages there are, nothing else.'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" explain' -l 'explain' -d 'Print what was understood, and search for nothing.'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" last' -l 'last' -d 'What was searched for last; words narrow it down.'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" save' -l 'save' -d 'Keep the query under a name, for @NAME, and search for nothing.' -rfka ''
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" saved' -l 'saved' -d 'Print the queries that were saved.'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" delete' -l 'delete' -d 'Forget a query that was saved.' -rfka ''
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" compact' -l 'compact' -d 'One line a message (this is how it is without either).'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" normal' -l 'normal' -d 'Two lines a message: subject and tags have their own.'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" full-dates' -l 'full-dates' -d 'Date and time with the year in every line.'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" format' -l 'format' -d 'table, paths, ids or json. Without it $POSTBAG_FORMAT, else a table on a terminal and paths elsewhere.' -rfka 'table paths ids json'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" t table' -s 't' -l 'table' -d 'Print a table, wherever it goes.'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" 0 null' -s '0' -l 'null' -d 'Separate paths and ids by NUL, not newline.'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" version' -l 'version' -d 'Show the version.'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_positional "mail-search" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-search' -n '__mail-search_should_offer_completions_for_flags_or_options "mail-search help" version' -l 'version' -d 'Show the version.'

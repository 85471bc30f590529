function __mail-list_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-list_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-list_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-list_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-list_parse_tokens -S
    set -l unparsed_tokens (__mail-list_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-list'
        __mail-list_parse_subcommand -r 1 'folder=+' 'all' 'stdin' 'unread' 'flagged' 'tag=+' 'since=' 'sort=' 'reverse' 'limit=' 'threads' 'compact' 'normal' 'full-dates' 'format=' 't/table' '0/null' 'store=' 'config=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __mail-list_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-list_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-list_parse_subcommand -S -a positional_count
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

function __mail-list_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-list_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-list_tokens -p)
    if test -z "$(__mail-list_tokens -t)"
        set -l index (count (__mail-list_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-list' -f
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_positional "mail-list" -ge 1' -fka '(mail-folder list --format names 2>/dev/null)'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list"' -l 'folder' -d 'The folders that fit, with * for anything; may be given again.' -rfka '(mail-folder list --format names 2>/dev/null)'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" all' -l 'all' -d 'All folders but Trash and Junk.'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" stdin' -l 'stdin' -d 'The messages whose references come on standard input, in that order.'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" unread' -l 'unread' -d 'Only unread messages.'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" flagged' -l 'flagged' -d 'Only flagged messages.'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list"' -l 'tag' -d 'Only messages with this tag; * stands for anything. Given again, with all of the tags.' -rfka '(mail-tag list --format names 2>/dev/null)'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" since' -l 'since' -d 'Only messages of this date or later: 2024-03-15, yesterday, 2w; see mail-query(7).' -rfka ''
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" sort' -l 'sort' -d 'By date, received, subject, from or size.' -rfka 'date received subject from size'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" reverse' -l 'reverse' -d 'The other way round: oldest first, smallest first, Z to A.'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" limit' -l 'limit' -d 'At most so many messages; or all.' -rfka ''
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" threads' -l 'threads' -d 'Conversations as trees, the newest conversation first.'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" compact' -l 'compact' -d 'One line a message (this is how it is without either).'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" normal' -l 'normal' -d 'Two lines a message: subject and tags have their own.'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" full-dates' -l 'full-dates' -d 'Date and time with the year in every line.'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" format' -l 'format' -d 'table, paths, ids or json. Without it $POSTBAG_FORMAT, else a table on a terminal and paths elsewhere.' -rfka 'table paths ids json'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" t table' -s 't' -l 'table' -d 'Print a table, wherever it goes.'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" 0 null' -s '0' -l 'null' -d 'Separate paths and ids by NUL, not newline.'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" version' -l 'version' -d 'Show the version.'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_positional "mail-list" -eq 2' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-list' -n '__mail-list_should_offer_completions_for_flags_or_options "mail-list help" version' -l 'version' -d 'Show the version.'

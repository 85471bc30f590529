function __mail-receipt_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-receipt_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-receipt_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-receipt_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-receipt_parse_tokens -S
    set -l unparsed_tokens (__mail-receipt_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-receipt'
        __mail-receipt_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'list'
            __mail-receipt_parse_subcommand -r 1 'compact' 'normal' 'full-dates' 'format=' 't/table' '0/null' 'store=' 'config=' 'version' 'h/help'
        case 'send'
            __mail-receipt_parse_subcommand -r 1 '0/null' 'kind=' 'yes' 'store=' 'config=' 'version' 'h/help'
        case 'ignore'
            __mail-receipt_parse_subcommand -r 1 '0/null' 'store=' 'config=' 'version' 'h/help'
        case 'help'
            __mail-receipt_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-receipt_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-receipt_parse_subcommand -S -a positional_count
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

function __mail-receipt_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-receipt_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-receipt_tokens -p)
    if test -z "$(__mail-receipt_tokens -t)"
        set -l index (count (__mail-receipt_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-receipt' -f
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt" version' -l 'version' -d 'Show the version.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_positional "mail-receipt" -eq 1' -fa 'list' -d 'List the messages that ask and have had no answer; of those named, to whom a receipt would go.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_positional "mail-receipt" -eq 1' -fa 'send' -d 'Send the receipts that messages ask for, each once.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_positional "mail-receipt" -eq 1' -fa 'ignore' -d 'Send no receipt for these messages, and ask no more.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_positional "mail-receipt" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt list" compact' -l 'compact' -d 'One line a message (this is how it is without either).'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt list" normal' -l 'normal' -d 'Two lines a message: subject and tags have their own.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt list" full-dates' -l 'full-dates' -d 'Date and time with the year in every line.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt list" format' -l 'format' -d 'table, paths, ids or json. Without it $POSTBAG_FORMAT, else a table on a terminal and paths elsewhere.' -rfka 'table paths ids json'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt list" t table' -s 't' -l 'table' -d 'Print a table, wherever it goes.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt list" 0 null' -s '0' -l 'null' -d 'Separate paths and ids by NUL, not newline.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt list" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt list" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt list" version' -l 'version' -d 'Show the version.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt send" 0 null' -s '0' -l 'null' -d 'References on standard input are separated by NUL.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt send" kind' -l 'kind' -d 'What was done with them: displayed, deleted, dispatched or processed.' -rfka 'displayed deleted dispatched processed'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt send" yes' -l 'yes' -d 'Also where a receipt could be misused, without asking.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt send" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt send" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt send" version' -l 'version' -d 'Show the version.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt send" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt ignore" 0 null' -s '0' -l 'null' -d 'References on standard input are separated by NUL.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt ignore" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt ignore" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt ignore" version' -l 'version' -d 'Show the version.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt ignore" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-receipt' -n '__mail-receipt_should_offer_completions_for_flags_or_options "mail-receipt help" version' -l 'version' -d 'Show the version.'

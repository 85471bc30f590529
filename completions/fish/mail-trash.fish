function __mail-trash_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-trash_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-trash_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-trash_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-trash_parse_tokens -S
    set -l unparsed_tokens (__mail-trash_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-trash'
        __mail-trash_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'put'
            __mail-trash_parse_subcommand -r 1 '0/null' 'thread' 'store=' 'config=' 'version' 'h/help'
        case 'restore'
            __mail-trash_parse_subcommand -r 1 '0/null' 'to=' 'store=' 'config=' 'version' 'h/help'
        case 'empty'
            __mail-trash_parse_subcommand 0 'n/dry-run' '0/null' 'y/yes' 'v/verbose' 'store=' 'config=' 'version' 'h/help'
        case 'expire'
            __mail-trash_parse_subcommand 0 'n/dry-run' '0/null' 'v/verbose' 'store=' 'config=' 'version' 'h/help'
        case 'help'
            __mail-trash_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-trash_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-trash_parse_subcommand -S -a positional_count
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

function __mail-trash_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-trash_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-trash_tokens -p)
    if test -z "$(__mail-trash_tokens -t)"
        set -l index (count (__mail-trash_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-trash' -f
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash" version' -l 'version' -d 'Show the version.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_positional "mail-trash" -eq 1' -fa 'put' -d 'Move messages to Trash, which remembers where they came from.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_positional "mail-trash" -eq 1' -fa 'restore' -d 'Move messages in Trash back to where they came from.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_positional "mail-trash" -eq 1' -fa 'empty' -d 'Remove for good what is in Trash, and the folders in it.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_positional "mail-trash" -eq 1' -fa 'expire' -d 'Remove what has been in Trash for 30 days, or what the configuration says.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_positional "mail-trash" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash put" 0 null' -s '0' -l 'null' -d 'References on standard input are separated by NUL.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash put" thread' -l 'thread' -d 'Also all other messages of the same conversations.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash put" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash put" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash put" version' -l 'version' -d 'Show the version.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash put" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash restore" 0 null' -s '0' -l 'null' -d 'References on standard input are separated by NUL.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash restore" to' -l 'to' -d 'Move them to this folder instead.' -rfka ''
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash restore" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash restore" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash restore" version' -l 'version' -d 'Show the version.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash restore" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash empty" dry-run n' -s 'n' -l 'dry-run' -d 'Print what would go, and remove nothing.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash empty" 0 null' -s '0' -l 'null' -d 'Separate printed paths by NUL, not newline.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash empty" y yes' -s 'y' -l 'yes' -d 'Don\'t ask.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash empty" v verbose' -s 'v' -l 'verbose' -d 'Print what was removed.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash empty" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash empty" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash empty" version' -l 'version' -d 'Show the version.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash empty" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash expire" dry-run n' -s 'n' -l 'dry-run' -d 'Print what would go, and remove nothing.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash expire" 0 null' -s '0' -l 'null' -d 'Separate printed paths by NUL, not newline.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash expire" v verbose' -s 'v' -l 'verbose' -d 'Print what was removed.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash expire" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash expire" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash expire" version' -l 'version' -d 'Show the version.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash expire" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-trash' -n '__mail-trash_should_offer_completions_for_flags_or_options "mail-trash help" version' -l 'version' -d 'Show the version.'

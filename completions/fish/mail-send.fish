function __mail-send_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-send_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-send_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-send_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-send_parse_tokens -S
    set -l unparsed_tokens (__mail-send_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-send'
        __mail-send_parse_subcommand -r 1 't' 'f/sender=' 'F=' 'at=' 'delay=' 'undo' 'queue=' 'no-copy' 'v/verbose' 'format=' 'store=' 'config=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __mail-send_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-send_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-send_parse_subcommand -S -a positional_count
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

function __mail-send_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-send_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-send_tokens -p)
    if test -z "$(__mail-send_tokens -t)"
        set -l index (count (__mail-send_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-send' -f
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_flags_or_options "mail-send" t' -s 't' -d 'Send to those whom the message names, besides those named here.'
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_flags_or_options "mail-send" f r sender' -s 'f' -s 'r' -l 'sender' -d 'The envelope sender, to whom reports go.' -rfka ''
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_flags_or_options "mail-send" F' -s 'F' -d 'The name for a From field that is missing.' -rfka ''
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_flags_or_options "mail-send" at' -l 'at' -d 'Send at this time.' -rfka ''
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_flags_or_options "mail-send" delay' -l 'delay' -d 'Send after so many seconds; until then it can be undone.' -rfka ''
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_flags_or_options "mail-send" undo' -l 'undo' -d 'Take back the last message that has not gone yet, or those named.'
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_flags_or_options "mail-send" queue' -l 'queue' -d 'What to do with the queue.' -rfka ''
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_flags_or_options "mail-send" no-copy' -l 'no-copy' -d 'Keep no copy in Sent.'
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_flags_or_options "mail-send" v verbose' -s 'v' -l 'verbose' -d 'Show what is said to the server and by it.'
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_flags_or_options "mail-send" format' -l 'format' -d 'Results as text on standard error, or as JSON.' -rfka ''
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_flags_or_options "mail-send" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_flags_or_options "mail-send" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_flags_or_options "mail-send" version' -l 'version' -d 'Show the version.'
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_flags_or_options "mail-send" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_positional "mail-send" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-send' -n '__mail-send_should_offer_completions_for_flags_or_options "mail-send help" version' -l 'version' -d 'Show the version.'

function __mail-move_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-move_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-move_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-move_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-move_parse_tokens -S
    set -l unparsed_tokens (__mail-move_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-move'
        __mail-move_parse_subcommand -r 1 'copy' 'create' 'thread' 'undo' 'print' '0/null' 'store=' 'config=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __mail-move_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-move_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-move_parse_subcommand -S -a positional_count
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

function __mail-move_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-move_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-move_tokens -p)
    if test -z "$(__mail-move_tokens -t)"
        set -l index (count (__mail-move_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-move' -f
complete -c 'mail-move' -n '__mail-move_should_offer_completions_for_flags_or_options "mail-move" copy' -l 'copy' -d 'Copy: the messages stay where they are.'
complete -c 'mail-move' -n '__mail-move_should_offer_completions_for_flags_or_options "mail-move" create' -l 'create' -d 'Make the folder if it is missing.'
complete -c 'mail-move' -n '__mail-move_should_offer_completions_for_flags_or_options "mail-move" thread' -l 'thread' -d 'Also all other messages of the same conversations.'
complete -c 'mail-move' -n '__mail-move_should_offer_completions_for_flags_or_options "mail-move" undo' -l 'undo' -d 'Take back the last move or copy.'
complete -c 'mail-move' -n '__mail-move_should_offer_completions_for_flags_or_options "mail-move" print' -l 'print' -d 'Print the paths that the messages, or the copies, have now.'
complete -c 'mail-move' -n '__mail-move_should_offer_completions_for_flags_or_options "mail-move" 0 null' -s '0' -l 'null' -d 'References and printed paths are separated by NUL.'
complete -c 'mail-move' -n '__mail-move_should_offer_completions_for_flags_or_options "mail-move" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-move' -n '__mail-move_should_offer_completions_for_flags_or_options "mail-move" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-move' -n '__mail-move_should_offer_completions_for_flags_or_options "mail-move" version' -l 'version' -d 'Show the version.'
complete -c 'mail-move' -n '__mail-move_should_offer_completions_for_flags_or_options "mail-move" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-move' -n '__mail-move_should_offer_completions_for_positional "mail-move" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-move' -n '__mail-move_should_offer_completions_for_flags_or_options "mail-move help" version' -l 'version' -d 'Show the version.'

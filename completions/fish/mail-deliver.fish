function __mail-deliver_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-deliver_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-deliver_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-deliver_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-deliver_parse_tokens -S
    set -l unparsed_tokens (__mail-deliver_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-deliver'
        __mail-deliver_parse_subcommand 0 'd/user=' 'f/sender=' 'a/recipient=' 'm/folder=' 'no-filter' 'store=' 'config=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __mail-deliver_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-deliver_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-deliver_parse_subcommand -S -a positional_count
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

function __mail-deliver_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-deliver_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-deliver_tokens -p)
    if test -z "$(__mail-deliver_tokens -t)"
        set -l index (count (__mail-deliver_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-deliver' -f
complete -c 'mail-deliver' -n '__mail-deliver_should_offer_completions_for_flags_or_options "mail-deliver" d user' -s 'd' -l 'user' -d 'Deliver to this user of the system. Only root may name another user.' -rfka ''
complete -c 'mail-deliver' -n '__mail-deliver_should_offer_completions_for_flags_or_options "mail-deliver" f r sender' -s 'f' -s 'r' -l 'sender' -d 'The envelope sender, written as Return-Path; empty or <> for none.' -rfka ''
complete -c 'mail-deliver' -n '__mail-deliver_should_offer_completions_for_flags_or_options "mail-deliver" a recipient' -s 'a' -l 'recipient' -d 'The address the message was sent to, written as Delivered-To.' -rfka ''
complete -c 'mail-deliver' -n '__mail-deliver_should_offer_completions_for_flags_or_options "mail-deliver" folder m' -s 'm' -l 'folder' -d 'Deliver into this folder, made if it is missing.' -rfka ''
complete -c 'mail-deliver' -n '__mail-deliver_should_offer_completions_for_flags_or_options "mail-deliver" no-filter' -l 'no-filter' -d 'Leave out filters and the folder that the address names.'
complete -c 'mail-deliver' -n '__mail-deliver_should_offer_completions_for_flags_or_options "mail-deliver" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-deliver' -n '__mail-deliver_should_offer_completions_for_flags_or_options "mail-deliver" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-deliver' -n '__mail-deliver_should_offer_completions_for_flags_or_options "mail-deliver" version' -l 'version' -d 'Show the version.'
complete -c 'mail-deliver' -n '__mail-deliver_should_offer_completions_for_flags_or_options "mail-deliver" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-deliver' -n '__mail-deliver_should_offer_completions_for_positional "mail-deliver" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-deliver' -n '__mail-deliver_should_offer_completions_for_flags_or_options "mail-deliver help" version' -l 'version' -d 'Show the version.'

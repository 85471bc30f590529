function __mail-show_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-show_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-show_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-show_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-show_parse_tokens -S
    set -l unparsed_tokens (__mail-show_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-show'
        __mail-show_parse_subcommand -r 1 '0/null' 'raw' 'headers' 'part=' 'html' 'json' 'thread' 'width=' 'no-attachments' 'remote-images' 'seen' 'store=' 'config=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __mail-show_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-show_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-show_parse_subcommand -S -a positional_count
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

function __mail-show_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-show_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-show_tokens -p)
    if test -z "$(__mail-show_tokens -t)"
        set -l index (count (__mail-show_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-show' -f
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show" 0 null' -s '0' -l 'null' -d 'References on standard input are separated by NUL.'
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show" raw' -l 'raw' -d 'The bytes of the message as they are.'
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show" headers' -l 'headers' -d 'All fields of the header, decoded.'
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show" part' -l 'part' -d 'One part, decoded: 1.2; or a section: 1.2.MIME, HEADER, TEXT.' -rfka ''
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show" html' -l 'html' -d 'A page for a browser, without scripts, forms and remote content.'
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show" json' -l 'json' -d 'One JSON object a message: header, envelope, parts, text.'
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show" thread' -l 'thread' -d 'All messages of the conversation, oldest first.'
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show" width' -l 'width' -d 'Wrap to so many columns.' -rfka ''
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show" no-attachments' -l 'no-attachments' -d 'Don\'t list attachments.'
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show" remote-images' -l 'remote-images' -d 'With --html: leave references to remote images in.'
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show" seen' -l 'seen' -d 'Mark the messages as seen, also when standard output is no terminal.'
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show" version' -l 'version' -d 'Show the version.'
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_positional "mail-show" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-show' -n '__mail-show_should_offer_completions_for_flags_or_options "mail-show help" version' -l 'version' -d 'Show the version.'

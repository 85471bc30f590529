function __mail-compose_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-compose_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-compose_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-compose_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-compose_parse_tokens -S
    set -l unparsed_tokens (__mail-compose_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-compose'
        __mail-compose_parse_subcommand -r 1 'reply' 'reply-all' 'reply-list' 'forward' 'resume' 'template=' 'to=+' 'cc=+' 'bcc=+' 'list=+' 'group=+' 'subject=' 'from=' 'header=+' 'priority=' 'request-receipt' 'text-file=' 'markdown' 'html' 'plain' 'quote=' 'signature=' 'attach=+' 'vcard' 'draft' 'save-template' 'store=' 'config=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __mail-compose_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-compose_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-compose_parse_subcommand -S -a positional_count
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

function __mail-compose_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-compose_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-compose_tokens -p)
    if test -z "$(__mail-compose_tokens -t)"
        set -l index (count (__mail-compose_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-compose' -f
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" reply' -l 'reply' -d 'Answer who wrote the message.'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" reply-all' -l 'reply-all' -d 'Answer everybody.'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" reply-list' -l 'reply-list' -d 'Answer the mailing list.'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" forward' -l 'forward' -d 'Pass messages on; --forward=inline in the text, --forward=attachment as they are.'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" resume' -l 'resume' -d 'Go on with a draft, the newest one if none is named.'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" template' -l 'template' -d 'Begin with a template: its subject, or a message.' -rfka ''
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose"' -l 'to' -d 'A recipient; may be given often, also list:NAME.' -rfka ''
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose"' -l 'cc' -d 'Who gets a copy.' -rfka ''
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose"' -l 'bcc' -d 'Who gets a copy that others don\'t see.' -rfka ''
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose"' -l 'list' -d 'A list of contacts, each member as Bcc.' -rfka ''
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose"' -l 'group' -d 'A group of contacts, each member as Bcc.' -rfka ''
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" subject' -l 'subject' -d 'The subject.' -rfka ''
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" from' -l 'from' -d 'The identity to write as: its address or name.' -rfka ''
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose"' -l 'header' -d 'Another field, \'Name: value\'.' -rfka ''
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" priority' -l 'priority' -d 'high, normal or low.' -rfka ''
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" request-receipt' -l 'request-receipt' -d 'Ask for a report when the message is read.'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" text-file' -l 'text-file' -d 'Read the text from a file instead of standard input.' -rfka ''
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" markdown' -l 'markdown' -d 'The text is Markdown; it is sent as HTML too.'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" html' -l 'html' -d 'The text is HTML; it is sent as plain text too.'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" plain' -l 'plain' -d 'The text is plain, whatever the configuration says.'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" quote' -l 'quote' -d 'Where an answer has the original: above the text, below it, or none.' -rfka 'above below none'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" signature' -l 'signature' -d 'An identity\'s signature, a file (with a \'/\'), or none.' -rfka ''
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose"' -l 'attach' -d 'Attach a file.' -rfka ''
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" vcard' -l 'vcard' -d 'Attach the visiting card of the identity.'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" draft' -l 'draft' -d 'Keep the message as a draft and print its path; nothing is sent.'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" save-template' -l 'save-template' -d 'Keep the message, or one that is there, as a template; its subject is its name.'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" version' -l 'version' -d 'Show the version.'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_positional "mail-compose" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-compose' -n '__mail-compose_should_offer_completions_for_flags_or_options "mail-compose help" version' -l 'version' -d 'Show the version.'

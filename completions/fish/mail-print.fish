function __mail-print_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-print_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-print_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-print_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-print_parse_tokens -S
    set -l unparsed_tokens (__mail-print_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-print'
        __mail-print_parse_subcommand -r 1 '0/null' 'pdf' 'html' 'o/output=' 'thread' 'paper=' 'headers' 'comments' 'remote-images' 'store=' 'config=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __mail-print_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-print_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-print_parse_subcommand -S -a positional_count
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

function __mail-print_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-print_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-print_tokens -p)
    if test -z "$(__mail-print_tokens -t)"
        set -l index (count (__mail-print_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-print' -f
complete -c 'mail-print' -n '__mail-print_should_offer_completions_for_flags_or_options "mail-print" 0 null' -s '0' -l 'null' -d 'References on standard input are separated by NUL.'
complete -c 'mail-print' -n '__mail-print_should_offer_completions_for_flags_or_options "mail-print" pdf' -l 'pdf' -d 'Make a PDF; so it is unless the name of the file says otherwise.'
complete -c 'mail-print' -n '__mail-print_should_offer_completions_for_flags_or_options "mail-print" html' -l 'html' -d 'Make a page of HTML that needs no other file.'
complete -c 'mail-print' -n '__mail-print_should_offer_completions_for_flags_or_options "mail-print" o output' -l 'output' -s 'o' -d 'Write this file; .html at its end asks for HTML.' -rfka ''
complete -c 'mail-print' -n '__mail-print_should_offer_completions_for_flags_or_options "mail-print" thread' -l 'thread' -d 'All messages of the conversation, oldest first.'
complete -c 'mail-print' -n '__mail-print_should_offer_completions_for_flags_or_options "mail-print" paper' -l 'paper' -d 'The size of the paper: a4 or letter; the one in use here.' -rfka 'a4 letter'
complete -c 'mail-print' -n '__mail-print_should_offer_completions_for_flags_or_options "mail-print" headers' -l 'headers' -d 'All fields of the header.'
complete -c 'mail-print' -n '__mail-print_should_offer_completions_for_flags_or_options "mail-print" comments' -l 'comments' -d 'Comments and tags too.'
complete -c 'mail-print' -n '__mail-print_should_offer_completions_for_flags_or_options "mail-print" remote-images' -l 'remote-images' -d 'Load remote images, or leave references to them in HTML.'
complete -c 'mail-print' -n '__mail-print_should_offer_completions_for_flags_or_options "mail-print" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-print' -n '__mail-print_should_offer_completions_for_flags_or_options "mail-print" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-print' -n '__mail-print_should_offer_completions_for_flags_or_options "mail-print" version' -l 'version' -d 'Show the version.'
complete -c 'mail-print' -n '__mail-print_should_offer_completions_for_flags_or_options "mail-print" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-print' -n '__mail-print_should_offer_completions_for_positional "mail-print" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-print' -n '__mail-print_should_offer_completions_for_flags_or_options "mail-print help" version' -l 'version' -d 'Show the version.'

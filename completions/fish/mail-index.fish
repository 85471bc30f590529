function __mail-index_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-index_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-index_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-index_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-index_parse_tokens -S
    set -l unparsed_tokens (__mail-index_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-index'
        __mail-index_parse_subcommand 0 'store=' 'config=' 'check' 'rebuild' 'envelopes' 'v/verbose' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __mail-index_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-index_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-index_parse_subcommand -S -a positional_count
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

function __mail-index_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-index_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-index_tokens -p)
    if test -z "$(__mail-index_tokens -t)"
        set -l index (count (__mail-index_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-index' -f
complete -c 'mail-index' -n '__mail-index_should_offer_completions_for_flags_or_options "mail-index" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-index' -n '__mail-index_should_offer_completions_for_flags_or_options "mail-index" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-index' -n '__mail-index_should_offer_completions_for_flags_or_options "mail-index" check' -l 'check' -d 'Compare index, state and files, and print what differs; exit 1 if anything does.'
complete -c 'mail-index' -n '__mail-index_should_offer_completions_for_flags_or_options "mail-index" rebuild' -l 'rebuild' -d 'Throw the index away and make it anew.'
complete -c 'mail-index' -n '__mail-index_should_offer_completions_for_flags_or_options "mail-index" envelopes' -l 'envelopes' -d 'Bring envelopes up to date, and leave the full text to the next search.'
complete -c 'mail-index' -n '__mail-index_should_offer_completions_for_flags_or_options "mail-index" v verbose' -s 'v' -l 'verbose' -d 'Print how many messages the store has.'
complete -c 'mail-index' -n '__mail-index_should_offer_completions_for_flags_or_options "mail-index" version' -l 'version' -d 'Show the version.'
complete -c 'mail-index' -n '__mail-index_should_offer_completions_for_flags_or_options "mail-index" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-index' -n '__mail-index_should_offer_completions_for_positional "mail-index" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-index' -n '__mail-index_should_offer_completions_for_flags_or_options "mail-index help" version' -l 'version' -d 'Show the version.'

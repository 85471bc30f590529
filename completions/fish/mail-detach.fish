function __mail-detach_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-detach_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-detach_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-detach_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-detach_parse_tokens -S
    set -l unparsed_tokens (__mail-detach_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-detach'
        __mail-detach_parse_subcommand -r 1 '0/null' 'list' 'part=+' 'save=' 'pipe=' 'open=' 'to-contacts' 'remove=+' 'all-parts' 'hidden' 'overwrite' 'force' 'format=' 'store=' 'config=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __mail-detach_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-detach_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-detach_parse_subcommand -S -a positional_count
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

function __mail-detach_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-detach_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-detach_tokens -p)
    if test -z "$(__mail-detach_tokens -t)"
        set -l index (count (__mail-detach_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-detach' -f
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach" 0 null' -s '0' -l 'null' -d 'References on standard input are separated by NUL.'
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach" list' -l 'list' -d 'List the attachments; so it is without another option.'
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach"' -l 'part' -d 'A part by its number, such as 2 or 1.3, decoded, to standard output.' -rfka ''
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach" save' -l 'save' -d 'Save all attachments, or each --part, in this directory.' -rfka ''
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach" pipe' -l 'pipe' -d 'Run this for each attachment, or each --part, which it reads.' -rfka ''
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach" open' -l 'open' -d 'Show a part with the program for its type.' -rfka ''
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach" to-contacts' -l 'to-contacts' -d 'Hand visiting cards to \'mail-contact import\'.'
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach"' -l 'remove' -d 'Replace a part of the stored message, or \'all\' attachments, by a trace.' -rfka ''
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach" all-parts' -l 'all-parts' -d 'Texts, images inside texts and signatures too.'
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach" hidden' -l 'hidden' -d 'With --save: keep names that begin with a dot.'
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach" overwrite' -l 'overwrite' -d 'With --save: replace files of the same name.'
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach" force' -l 'force' -d 'With --remove: also where that breaks a signature.'
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach" format' -l 'format' -d 'How attachments are listed: table or json.' -rfka 'table json'
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach" version' -l 'version' -d 'Show the version.'
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_positional "mail-detach" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-detach' -n '__mail-detach_should_offer_completions_for_flags_or_options "mail-detach help" version' -l 'version' -d 'Show the version.'

function __mail-import_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-import_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-import_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-import_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-import_parse_tokens -S
    set -l unparsed_tokens (__mail-import_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-import'
        __mail-import_parse_subcommand -r 1 'folder=' 'format=' 'tag=+' 'mark=+' 'skip-duplicates' 'start-over' 'n/dry-run' 'q/quiet' 'store=' 'config=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __mail-import_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-import_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-import_parse_subcommand -S -a positional_count
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

function __mail-import_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-import_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-import_tokens -p)
    if test -z "$(__mail-import_tokens -t)"
        set -l index (count (__mail-import_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-import' -f
complete -c 'mail-import' -n '__mail-import_should_offer_completions_for_flags_or_options "mail-import" folder' -l 'folder' -d 'Import into this folder and those below it, made if they are missing.' -rfka ''
complete -c 'mail-import' -n '__mail-import_should_offer_completions_for_flags_or_options "mail-import" format' -l 'format' -d 'What the files are: eml, emlx, mbox, mboxo, mboxrd, mboxcl, mboxcl2, maildir, mh, zip.' -rfka 'eml emlx mbox mboxo mboxrd mboxcl mboxcl2 maildir mh zip'
complete -c 'mail-import' -n '__mail-import_should_offer_completions_for_flags_or_options "mail-import"' -l 'tag' -d 'Put this tag on all messages; may be given again.' -rfka ''
complete -c 'mail-import' -n '__mail-import_should_offer_completions_for_flags_or_options "mail-import"' -l 'mark' -d 'Mark all messages: seen, flagged and so on, or un… of each; may be given again.' -rfka ''
complete -c 'mail-import' -n '__mail-import_should_offer_completions_for_flags_or_options "mail-import" skip-duplicates' -l 'skip-duplicates' -d 'Leave out messages that the store has in any folder but Trash.'
complete -c 'mail-import' -n '__mail-import_should_offer_completions_for_flags_or_options "mail-import" start-over' -l 'start-over' -d 'Begin anew where an import of the same was interrupted.'
complete -c 'mail-import' -n '__mail-import_should_offer_completions_for_flags_or_options "mail-import" dry-run n' -s 'n' -l 'dry-run' -d 'Only say what would be imported.'
complete -c 'mail-import' -n '__mail-import_should_offer_completions_for_flags_or_options "mail-import" q quiet' -s 'q' -l 'quiet' -d 'No summary at the end.'
complete -c 'mail-import' -n '__mail-import_should_offer_completions_for_flags_or_options "mail-import" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-import' -n '__mail-import_should_offer_completions_for_flags_or_options "mail-import" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-import' -n '__mail-import_should_offer_completions_for_flags_or_options "mail-import" version' -l 'version' -d 'Show the version.'
complete -c 'mail-import' -n '__mail-import_should_offer_completions_for_flags_or_options "mail-import" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-import' -n '__mail-import_should_offer_completions_for_positional "mail-import" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-import' -n '__mail-import_should_offer_completions_for_flags_or_options "mail-import help" version' -l 'version' -d 'Show the version.'

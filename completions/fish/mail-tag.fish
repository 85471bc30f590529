function __mail-tag_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-tag_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-tag_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-tag_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-tag_parse_tokens -S
    set -l unparsed_tokens (__mail-tag_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-tag'
        __mail-tag_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'change'
            __mail-tag_parse_subcommand -r 1 'thread' '0/null' 'store=' 'config=' 'version' 'h/help'
        case 'list'
            __mail-tag_parse_subcommand 0 'format=' 't/table' '0/null' 'store=' 'config=' 'version' 'h/help'
        case 'create'
            __mail-tag_parse_subcommand -r 1 'colour=' 'store=' 'config=' 'version' 'h/help'
        case 'colour'
            __mail-tag_parse_subcommand 2 'store=' 'config=' 'version' 'h/help'
        case 'delete'
            __mail-tag_parse_subcommand -r 1 'store=' 'config=' 'version' 'h/help'
        case 'import'
            __mail-tag_parse_subcommand -r 1 'folder=+' 'all' 'keywords' 'dry-run' '0/null' 'store=' 'config=' 'version' 'h/help'
        case 'help'
            __mail-tag_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-tag_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-tag_parse_subcommand -S -a positional_count
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

function __mail-tag_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-tag_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-tag_tokens -p)
    if test -z "$(__mail-tag_tokens -t)"
        set -l index (count (__mail-tag_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-tag' -f
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag" version' -l 'version' -d 'Show the version.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_positional "mail-tag" -eq 1' -fa 'change' -d 'Put tags on messages and take them off; this is done without a word too.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_positional "mail-tag" -eq 1' -fa 'list' -d 'List the tags, and how many messages have them.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_positional "mail-tag" -eq 1' -fa 'create' -d 'Make tags.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_positional "mail-tag" -eq 1' -fa 'colour' -d 'Give a tag another colour.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_positional "mail-tag" -eq 1' -fa 'delete' -d 'Take tags off all messages and forget them.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_positional "mail-tag" -eq 1' -fa 'import' -d 'Make tags of the keywords that other programs have given messages.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_positional "mail-tag" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_positional "mail-tag change" -ge 1' -fka '(mail-tag list --format names 2>/dev/null | sed \'s/.*/+&\\n-&/\')'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag change" thread' -l 'thread' -d 'Also all other messages of the same conversations.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag change" 0 null' -s '0' -l 'null' -d 'References on standard input are separated by NUL.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag change" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag change" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag change" version' -l 'version' -d 'Show the version.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag change" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag list" format' -l 'format' -d 'table, names or json. A table on a terminal, names elsewhere.' -rfka 'table names json'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag list" t table' -s 't' -l 'table' -d 'Print a table, wherever it goes.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag list" 0 null' -s '0' -l 'null' -d 'Separate names by NUL, not newline.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag list" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag list" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag list" version' -l 'version' -d 'Show the version.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag create" colour' -l 'colour' -d 'Their colour: a name such as red, or #rrggbb.' -rfka 'black red green yellow blue magenta cyan white grey orange purple pink brown'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag create" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag create" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag create" version' -l 'version' -d 'Show the version.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag create" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_positional "mail-tag colour" -eq 1' -fka '(mail-tag list --format names 2>/dev/null)'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_positional "mail-tag colour" -eq 2' -fka 'black red green yellow blue magenta cyan white grey orange purple pink brown none'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag colour" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag colour" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag colour" version' -l 'version' -d 'Show the version.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag colour" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_positional "mail-tag delete" -ge 1' -fka '(mail-tag list --format names 2>/dev/null)'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag delete" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag delete" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag delete" version' -l 'version' -d 'Show the version.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag delete" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag import"' -l 'folder' -d 'The messages of these folders; * stands for anything.' -rfka '(mail-folder list --format names 2>/dev/null)'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag import" all' -l 'all' -d 'The messages of all folders, Trash and Junk too.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag import" keywords' -l 'keywords' -d 'The field Keywords as well, in which senders write what they like.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag import" dry-run' -l 'dry-run' -d 'Only print which tags there would be, and on how many messages.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag import" 0 null' -s '0' -l 'null' -d 'References on standard input are separated by NUL.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag import" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag import" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag import" version' -l 'version' -d 'Show the version.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag import" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-tag' -n '__mail-tag_should_offer_completions_for_flags_or_options "mail-tag help" version' -l 'version' -d 'Show the version.'
complete -c 'mail-tag' -n 'not __fish_seen_subcommand_from change list create colour color delete import help' -fka '(mail-tag list --format names 2>/dev/null | sed \'s/.*/+&\n-&/\')'

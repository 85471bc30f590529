function __mail-folder_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-folder_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-folder_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-folder_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-folder_parse_tokens -S
    set -l unparsed_tokens (__mail-folder_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-folder'
        __mail-folder_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'list'
            __mail-folder_parse_subcommand -r 1 'format=' 't/table' '0/null' 'unread' 'subscribed' 'deleted' 'store=' 'config=' 'version' 'h/help'
        case 'create'
            __mail-folder_parse_subcommand -r 1 'store=' 'config=' 'version' 'h/help'
        case 'rename'
            __mail-folder_parse_subcommand 2 'store=' 'config=' 'version' 'h/help'
        case 'move'
            __mail-folder_parse_subcommand -r 1 'store=' 'config=' 'version' 'h/help'
        case 'delete'
            __mail-folder_parse_subcommand -r 1 'permanently' 'store=' 'config=' 'version' 'h/help'
        case 'restore'
            __mail-folder_parse_subcommand -r 1 'to=' 'store=' 'config=' 'version' 'h/help'
        case 'subscribe'
            __mail-folder_parse_subcommand -r 1 'off' 'store=' 'config=' 'version' 'h/help'
        case 'help'
            __mail-folder_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-folder_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-folder_parse_subcommand -S -a positional_count
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

function __mail-folder_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-folder_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-folder_tokens -p)
    if test -z "$(__mail-folder_tokens -t)"
        set -l index (count (__mail-folder_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-folder' -f
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder" version' -l 'version' -d 'Show the version.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_positional "mail-folder" -eq 1' -fa 'list' -d 'List the folders and what is in them.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_positional "mail-folder" -eq 1' -fa 'create' -d 'Make folders; those above them need not exist and are not made.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_positional "mail-folder" -eq 1' -fa 'rename' -d 'Give a folder, with all below it, another name.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_positional "mail-folder" -eq 1' -fa 'move' -d 'Put folders, with all below them, into another folder.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_positional "mail-folder" -eq 1' -fa 'delete' -d 'Put folders, with all below them, into Trash.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_positional "mail-folder" -eq 1' -fa 'restore' -d 'Bring deleted folders back to where they were.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_positional "mail-folder" -eq 1' -fa 'subscribe' -d 'Have mail clients show folders, or no longer.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_positional "mail-folder" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder list" format' -l 'format' -d 'table, names, paths or json. A table on a terminal, names elsewhere.' -rfka 'table names paths json'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder list" t table' -s 't' -l 'table' -d 'Print a table, wherever it goes.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder list" 0 null' -s '0' -l 'null' -d 'Separate names and paths by NUL, not newline.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder list" unread' -l 'unread' -d 'Only folders with unread messages.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder list" subscribed' -l 'subscribed' -d 'Only folders that mail clients are asked to show.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder list" deleted' -l 'deleted' -d 'Only folders that were deleted and can be restored.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder list" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder list" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder list" version' -l 'version' -d 'Show the version.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder create" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder create" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder create" version' -l 'version' -d 'Show the version.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder create" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder rename" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder rename" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder rename" version' -l 'version' -d 'Show the version.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder rename" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder move" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder move" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder move" version' -l 'version' -d 'Show the version.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder move" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder delete" permanently' -l 'permanently' -d 'Remove folders that lie in Trash for good, with all messages in them.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder delete" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder delete" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder delete" version' -l 'version' -d 'Show the version.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder delete" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder restore" to' -l 'to' -d 'The name to give a folder that is restored.' -rfka ''
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder restore" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder restore" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder restore" version' -l 'version' -d 'Show the version.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder restore" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder subscribe" off' -l 'off' -d 'Unsubscribe.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder subscribe" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder subscribe" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder subscribe" version' -l 'version' -d 'Show the version.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder subscribe" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-folder' -n '__mail-folder_should_offer_completions_for_flags_or_options "mail-folder help" version' -l 'version' -d 'Show the version.'

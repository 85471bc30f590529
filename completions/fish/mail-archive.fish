function __mail-archive_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-archive_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-archive_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-archive_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-archive_parse_tokens -S
    set -l unparsed_tokens (__mail-archive_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-archive'
        __mail-archive_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'create'
            __mail-archive_parse_subcommand -r 1 '0/null' 'folder=+' 'all' 'before=' 'o/output=' 'format=' 'delete' 'json' 'store=' 'config=' 'version' 'h/help'
        case 'list'
            __mail-archive_parse_subcommand 1 'format=' 't/table' '0/null' 'version' 'h/help'
        case 'show'
            __mail-archive_parse_subcommand 2 'version' 'h/help'
        case 'help'
            __mail-archive_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-archive_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-archive_parse_subcommand -S -a positional_count
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

function __mail-archive_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-archive_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-archive_tokens -p)
    if test -z "$(__mail-archive_tokens -t)"
        set -l index (count (__mail-archive_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-archive' -f
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive" version' -l 'version' -d 'Show the version.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_positional "mail-archive" -eq 1' -fa 'create' -d 'Make an archive; what mail-archive does without another word.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_positional "mail-archive" -eq 1' -fa 'list' -d 'List the messages of an archive.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_positional "mail-archive" -eq 1' -fa 'show' -d 'Print a message of an archive, for mail-show and other programs.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_positional "mail-archive" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive create" 0 null' -s '0' -l 'null' -d 'References on standard input are separated by NUL.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive create"' -l 'folder' -d 'The messages of this folder and those below it; * and ? stand for others.' -rfka ''
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive create" all' -l 'all' -d 'All messages but those in Trash and Junk.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive create" before' -l 'before' -d 'Only messages dated before this.' -rfka ''
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive create" o output' -l 'output' -s 'o' -d 'The archive; mail-YEAR-MONTH-DAY.zip if none is named. It must not exist.' -rfka ''
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive create" format' -l 'format' -d 'zip, mbox or maildir. Without it the name tells.' -rfka 'zip mbox maildir'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive create" delete' -l 'delete' -d 'Remove the messages from the store when all are safe in the archive.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive create" json' -l 'json' -d 'Print what was done as a JSON object, not the path of the archive.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive create" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive create" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive create" version' -l 'version' -d 'Show the version.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive create" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive list" format' -l 'format' -d 'table, names or json. A table on a terminal, names elsewhere.' -rfka 'table names json'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive list" t table' -s 't' -l 'table' -d 'Print a table, wherever it goes.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive list" 0 null' -s '0' -l 'null' -d 'Separate names by NUL, not newline.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive list" version' -l 'version' -d 'Show the version.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive show" version' -l 'version' -d 'Show the version.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-archive' -n '__mail-archive_should_offer_completions_for_flags_or_options "mail-archive help" version' -l 'version' -d 'Show the version.'

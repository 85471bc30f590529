function __mail-contact_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-contact_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-contact_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-contact_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-contact_parse_tokens -S
    set -l unparsed_tokens (__mail-contact_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-contact'
        __mail-contact_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'query'
            __mail-contact_parse_subcommand -r 1 'format=' 'limit=' 'phones' 'store=' 'config=' 'version' 'h/help'
        case 'add'
            __mail-contact_parse_subcommand -r 1 'email=+' 'phone=+' 'first=' 'last=' 'nickname=' 'organisation=' 'title=' 'note=' 'birthday=' 'url=+' 'from-message' 'field=' 'to=' 'edit' 'book=' 'store=' 'config=' 'version' 'h/help'
        case 'edit'
            __mail-contact_parse_subcommand 1 'vcard' 'name=' 'email=+' 'phone=+' 'first=' 'last=' 'nickname=' 'organisation=' 'title=' 'note=' 'birthday=' 'url=+' 'remove-email=+' 'remove-phone=+' 'book=' 'store=' 'config=' 'version' 'h/help'
        case 'delete'
            __mail-contact_parse_subcommand -r 1 'book=' 'store=' 'config=' 'version' 'h/help'
        case 'list'
            __mail-contact_parse_subcommand 0 'format=' '0/null' 'count' 'book=' 'store=' 'config=' 'version' 'h/help'
        case 'show'
            __mail-contact_parse_subcommand -r 1 'format=' 'book=' 'store=' 'config=' 'version' 'h/help'
        case 'merge'
            __mail-contact_parse_subcommand -r 1 'all' 'dry-run' 'format=' 'book=' 'store=' 'config=' 'version' 'h/help'
        case 'import'
            __mail-contact_parse_subcommand -r 1 'format=' 'duplicates=' 'dry-run' 'book=' 'store=' 'config=' 'version' 'h/help'
        case 'export'
            __mail-contact_parse_subcommand -r 1 'format=' 'vcard-version=' 'o/output=' 'book=' 'store=' 'config=' 'version' 'h/help'
        case 'list-create'
            __mail-contact_parse_subcommand -r 2 'editor=+' 'store=' 'config=' 'version' 'h/help'
        case 'list-add'
            __mail-contact_parse_subcommand -r 2 'sms' 'fax' 'store=' 'config=' 'version' 'h/help'
        case 'list-remove'
            __mail-contact_parse_subcommand -r 2 'store=' 'config=' 'version' 'h/help'
        case 'list-delete'
            __mail-contact_parse_subcommand -r 1 'store=' 'config=' 'version' 'h/help'
        case 'list-rename'
            __mail-contact_parse_subcommand 2 'store=' 'config=' 'version' 'h/help'
        case 'list-access'
            __mail-contact_parse_subcommand -r 2 'store=' 'config=' 'version' 'h/help'
        case 'list-show'
            __mail-contact_parse_subcommand -r 1 'format=' 'store=' 'config=' 'version' 'h/help'
        case 'list-export'
            __mail-contact_parse_subcommand 1 'store=' 'config=' 'version' 'h/help'
        case 'group-show'
            __mail-contact_parse_subcommand -r 1 'format=' 'store=' 'config=' 'version' 'h/help'
        case 'harvest'
            __mail-contact_parse_subcommand 0 'store=' 'config=' 'version' 'h/help'
        case 'forget'
            __mail-contact_parse_subcommand -r 1 'store=' 'config=' 'version' 'h/help'
        case 'help'
            __mail-contact_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-contact_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-contact_parse_subcommand -S -a positional_count
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

function __mail-contact_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-contact_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-contact_tokens -p)
    if test -z "$(__mail-contact_tokens -t)"
        set -l index (count (__mail-contact_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-contact' -f
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'query' -d 'Find addresses by the first letters of names and addresses.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'add' -d 'Add a contact, or an address to one.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'edit' -d 'Change a contact, in the editor or by options.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'delete' -d 'Delete contacts.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'list' -d 'List the contacts by name.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'show' -d 'Show contacts.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'merge' -d 'Find contacts that are the same person, and make one of them.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'import' -d 'Read contacts from vCards, CSV, abook\'s file or mutt\'s aliases.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'export' -d 'Write contacts as vCards or CSV.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'list-create' -d 'Make a list of recipients.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'list-add' -d 'Add members to a list.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'list-remove' -d 'Take members off a list.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'list-delete' -d 'Delete lists; the contacts stay.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'list-rename' -d 'Give a list another name.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'list-access' -d 'Say who may change a list of a group.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'list-show' -d 'Show the members of lists, or all lists.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'list-export' -d 'Write the members of a list as CSV.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'group-show' -d 'Show the members of groups, or all groups.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'harvest' -d 'Learn correspondents from the messages of the store.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'forget' -d 'Never offer these addresses again, unless they are contacts.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact query" format' -l 'format' -d 'mutt, aerc, table or json. A table on a terminal, mutt\'s form elsewhere.' -rfka 'mutt aerc table json'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact query" limit' -l 'limit' -d 'At most so many (100); 0 is all.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact query" phones' -l 'phones' -d 'Numbers for SMS and fax, not mail addresses.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact query" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact query" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact query" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact query" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add"' -l 'email' -d 'A mail address; \'work:ada@example.org\' says what it is for.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add"' -l 'phone' -d 'A telephone number; \'cell:+33612345678\' or \'fax:…\' says what it is.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" first' -l 'first' -d 'The first name.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" last' -l 'last' -d 'The last name.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" nickname' -l 'nickname' -d 'The nickname.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" organisation' -l 'organisation' -d 'The organisation.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" title' -l 'title' -d 'The title or function.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" note' -l 'note' -d 'A note.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" birthday' -l 'birthday' -d 'The birthday: 1815-12-10.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add"' -l 'url' -d 'A web page.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" from-message' -l 'from-message' -d 'Take the sender of a message.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" field' -l 'field' -d 'With --from-message: from, reply-to, to, cc, or all of them.' -rfka 'from reply-to to cc all'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" to' -l 'to' -d 'Add to this contact instead of making one.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" edit' -l 'edit' -d 'Open the contact in the editor before it is stored.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" book' -l 'book' -d 'The address book: a group\'s name, or \'private\'.' -rfka '(mail-contact group-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact add" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit" vcard' -l 'vcard' -d 'Edit the vCard itself.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit" name' -l 'name' -d 'The name as it is shown.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit"' -l 'email' -d 'A mail address; \'work:ada@example.org\' says what it is for.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit"' -l 'phone' -d 'A telephone number; \'cell:+33612345678\' or \'fax:…\' says what it is.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit" first' -l 'first' -d 'The first name.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit" last' -l 'last' -d 'The last name.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit" nickname' -l 'nickname' -d 'The nickname.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit" organisation' -l 'organisation' -d 'The organisation.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit" title' -l 'title' -d 'The title or function.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit" note' -l 'note' -d 'A note.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit" birthday' -l 'birthday' -d 'The birthday: 1815-12-10.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit"' -l 'url' -d 'A web page.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit"' -l 'remove-email' -d 'Take an address away.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit"' -l 'remove-phone' -d 'Take a number away.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit" book' -l 'book' -d 'The address book: a group\'s name, or \'private\'.' -rfka '(mail-contact group-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact edit" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact delete" book' -l 'book' -d 'The address book: a group\'s name, or \'private\'.' -rfka '(mail-contact group-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact delete" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact delete" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact delete" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact delete" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list" format' -l 'format' -d 'table, names or json. A table on a terminal, names elsewhere.' -rfka 'table names json'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list" 0 null' -s '0' -l 'null' -d 'Separate names by NUL, not newline.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list" count' -l 'count' -d 'Count them.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list" book' -l 'book' -d 'The address book: a group\'s name, or \'private\'.' -rfka '(mail-contact group-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact show" format' -l 'format' -d 'text, vcard or json.' -rfka 'text vcard json'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact show" book' -l 'book' -d 'The address book: a group\'s name, or \'private\'.' -rfka '(mail-contact group-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact show" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact show" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact show" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact merge" all' -l 'all' -d 'Merge all that have the same name and an address or number in common.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact merge" dry-run' -l 'dry-run' -d 'Show what would come out, and change nothing.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact merge" format' -l 'format' -d 'How duplicates are shown: table or json.' -rfka 'table names json'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact merge" book' -l 'book' -d 'The address book: a group\'s name, or \'private\'.' -rfka '(mail-contact group-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact merge" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact merge" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact merge" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact merge" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact import" -ge 1' -F
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact import" format' -l 'format' -d 'vcard, csv, abook or aliases, where it can\'t be seen from the file.' -rfka 'vcard csv abook aliases'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact import" duplicates' -l 'duplicates' -d 'What becomes of contacts that are there already: merge, skip or add.' -rfka 'merge skip add'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact import" dry-run' -l 'dry-run' -d 'Only say what would be imported.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact import" book' -l 'book' -d 'The address book: a group\'s name, or \'private\'.' -rfka '(mail-contact group-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact import" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact import" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact import" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact import" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact export" format' -l 'format' -d 'vcard or csv.' -rfka 'vcard csv'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact export" vcard-version' -l 'vcard-version' -d 'The version of vCards: 4.0 or 3.0.' -rfka '3.0 4.0'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact export" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all.' -rF
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact export" book' -l 'book' -d 'The address book: a group\'s name, or \'private\'.' -rfka '(mail-contact group-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact export" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact export" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact export" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact export" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-create"' -l 'editor' -d 'Who may change a group\'s list: an address or account; \'*\' is every member.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-create" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-create" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-create" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-create" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact list-add" -eq 1' -fka '(mail-contact list-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-add" sms' -l 'sms' -d 'Contacts are reached by SMS.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-add" fax' -l 'fax' -d 'Contacts are reached by fax.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-add" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-add" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-add" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-add" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact list-remove" -eq 1' -fka '(mail-contact list-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-remove" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-remove" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-remove" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-remove" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact list-delete" -ge 1' -fka '(mail-contact list-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-delete" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-delete" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-delete" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-delete" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact list-rename" -eq 1' -fka '(mail-contact list-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-rename" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-rename" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-rename" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-rename" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact list-access" -eq 1' -fka '(mail-contact list-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-access" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-access" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-access" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-access" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact list-show" -ge 1' -fka '(mail-contact list-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-show" format' -l 'format' -d 'table, names or json. A table on a terminal, names elsewhere.' -rfka 'table names json'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-show" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-show" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-show" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact list-export" -eq 1' -fka '(mail-contact list-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-export" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-export" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-export" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact list-export" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_positional "mail-contact group-show" -ge 1' -fka '(mail-contact group-show --format names 2>/dev/null)'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact group-show" format' -l 'format' -d 'table, names or json. A table on a terminal, names elsewhere.' -rfka 'table names json'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact group-show" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact group-show" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact group-show" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact group-show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact harvest" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact harvest" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact harvest" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact harvest" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact forget" store' -l 'store' -d 'The store. Without it $MAILDIR, the configuration\'s, or ~/Maildir.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact forget" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact forget" version' -l 'version' -d 'Show the version.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact forget" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-contact' -n '__mail-contact_should_offer_completions_for_flags_or_options "mail-contact help" version' -l 'version' -d 'Show the version.'

function __mail-setup_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-setup_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-setup_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-setup_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-setup_parse_tokens -S
    set -l unparsed_tokens (__mail-setup_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-setup'
        __mail-setup_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'account'
            __mail-setup_parse_subcommand 1 'check' 'address=' 'name=' 'host=' 'port=' 'tls=' 'user=' 'no-login' 'send-command=' 'outgoing=' 'password-command=' 'password-file=' 'password-stdin' 'token-command=' 'client-id=' 'client-secret-command=' 'ca-file=' 'fingerprint=' 'autoconfig-url=' 'name-server=' 'web-ca-file=' 'offline' 'add' 'replace' 'y/yes' 'no-test' 'n/dry-run' 'config=' 'version' 'h/help'
        case 'providers'
            __mail-setup_parse_subcommand -r 1 'format=' 'version' 'h/help'
        case 'oauth'
            __mail-setup_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'login'
                __mail-setup_parse_subcommand 1 'device' 'no-browser' 'hint=' 'timeout=' 'config=' 'version' 'h/help'
            case 'token'
                __mail-setup_parse_subcommand 1 'good=' 'config=' 'version' 'h/help'
            case 'list'
                __mail-setup_parse_subcommand 0 'format=' 'config=' 'version' 'h/help'
            case 'forget'
                __mail-setup_parse_subcommand 1 'config=' 'version' 'h/help'
            end
        case 'help'
            __mail-setup_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-setup_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-setup_parse_subcommand -S -a positional_count
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

function __mail-setup_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-setup_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-setup_tokens -p)
    if test -z "$(__mail-setup_tokens -t)"
        set -l index (count (__mail-setup_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-setup' -f
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup" version' -l 'version' -d 'Show the version.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_positional "mail-setup" -eq 1' -fa 'account' -d 'Ask for the address and the server, test the login, and write the configuration.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_positional "mail-setup" -eq 1' -fa 'providers' -d 'List the providers that are known, or those that the words name.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_positional "mail-setup" -eq 1' -fa 'oauth' -d 'Log in with OAuth2, and get tokens for the servers.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_positional "mail-setup" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" check' -l 'check' -d 'Tell every mistake of FILE, or of the configuration, and change nothing.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" address' -l 'address' -d 'The address to write from.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" name' -l 'name' -d 'The name to write under.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" host' -l 'host' -d 'The server for outgoing mail.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" port' -l 'port' -d 'Its port; 465 or 587 if not given.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" tls' -l 'tls' -d 'implicit, starttls or none.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" user' -l 'user' -d 'The name to log in with.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" no-login' -l 'no-login' -d 'The server wants no login.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" send-command' -l 'send-command' -d 'A program takes the mail, instead of a server.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" outgoing' -l 'outgoing' -d 'An [[outgoing]] that the file has already takes the mail.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" password-command' -l 'password-command' -d 'A command that prints the password.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" password-file' -l 'password-file' -d 'A file that holds the password.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" password-stdin' -l 'password-stdin' -d 'Read the password from standard input, and keep it in a file of mode 600.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" token-command' -l 'token-command' -d 'A command that prints an OAuth2 token.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" client-id' -l 'client-id' -d 'What the provider of OAuth2 knows you as.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" client-secret-command' -l 'client-secret-command' -d 'A command that prints what belongs to the client ID.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" ca-file' -l 'ca-file' -d 'Certificates to trust instead of the system\'s.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" fingerprint' -l 'fingerprint' -d 'The SHA-256 fingerprint of the server\'s certificate.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" autoconfig-url' -l 'autoconfig-url' -d 'An autoconfig document, https://…' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" name-server' -l 'name-server' -d 'The name server to ask, an IPv4 address.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" web-ca-file' -l 'web-ca-file' -d 'Certificates to trust on the web.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" offline' -l 'offline' -d 'Ask nobody outside; only the table of providers.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" add' -l 'add' -d 'Put the account beside those that are there.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" replace' -l 'replace' -d 'Change the account with this address.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" y yes' -s 'y' -l 'yes' -d 'Take what is found without asking.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" no-test' -l 'no-test' -d 'Don\'t connect to the server.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" dry-run n' -s 'n' -l 'dry-run' -d 'Print the file instead of writing it.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" version' -l 'version' -d 'Show the version.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup account" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup providers" format' -l 'format' -d 'table or json.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup providers" version' -l 'version' -d 'Show the version.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup providers" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth" version' -l 'version' -d 'Show the version.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_positional "mail-setup oauth" -eq 1' -fa 'login' -d 'Log in: in a browser that comes back to this computer, or on another device.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_positional "mail-setup oauth" -eq 1' -fa 'token' -d 'Print an access token; a new one when the old one is about to end.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_positional "mail-setup oauth" -eq 1' -fa 'list' -d 'List the names, and whether somebody is logged in.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_positional "mail-setup oauth" -eq 1' -fa 'forget' -d 'Forget the tokens of a name.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth login" device' -l 'device' -d 'On another device, with a code.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth login" no-browser' -l 'no-browser' -d 'Only print the address; open no browser.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth login" hint' -l 'hint' -d 'The address of the mailbox, for the provider.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth login" timeout' -l 'timeout' -d 'How long to wait for the login, in seconds.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth login" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth login" version' -l 'version' -d 'Show the version.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth login" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth token" good' -l 'good' -d 'Seconds for which the token must be good.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth token" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth token" version' -l 'version' -d 'Show the version.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth token" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth list" format' -l 'format' -d 'table or json.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth list" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth list" version' -l 'version' -d 'Show the version.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth forget" config' -l 'config' -d 'The configuration. Without it $POSTBAG_CONFIG or ~/.config/postbag/config.toml.' -rfka ''
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth forget" version' -l 'version' -d 'Show the version.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup oauth forget" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-setup' -n '__mail-setup_should_offer_completions_for_flags_or_options "mail-setup help" version' -l 'version' -d 'Show the version.'

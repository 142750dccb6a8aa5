# Completion of usageline for fish.

set -l bars waybar i3blocks polybar
set -l commands $bars usage details open refresh show setup doctor theme config
set -l config_commands set-api-key set-cookie unset validate dump path providers browsers enable disable

function __usageline_providers
    usageline config providers 2>/dev/null | string replace -r ' .*' ''
end

function __usageline_themes
    usageline theme list 2>/dev/null | string replace -r ' .*' ''
end

complete -c usageline -f

set -l none "not __fish_seen_subcommand_from $commands"
complete -c usageline -n $none -a waybar -d 'Print one line of JSON for Waybar'
complete -c usageline -n $none -a i3blocks -d 'Print full text, short text and colour'
complete -c usageline -n $none -a polybar -d 'Print one line with colour tags'
complete -c usageline -n $none -a usage -d 'Show the usage'
complete -c usageline -n $none -a details -d 'Show the usage as a desktop notification'
complete -c usageline -n $none -a open -d 'Open the page of the provider'
complete -c usageline -n $none -a refresh -d 'Fetch the usage now'
complete -c usageline -n $none -a show -d 'Let a bar show the next window, or what is left'
complete -c usageline -n $none -a setup -d 'Put usageline into a bar'
complete -c usageline -n $none -a doctor -d 'Find out what is wrong'
complete -c usageline -n $none -a theme -d 'The colours, and a style sheet of them'
complete -c usageline -n $none -a config -d 'Credentials, providers, the configuration'
complete -c usageline -n $none -s V -l version -d 'Show the version'
complete -c usageline -s h -l help -d 'Show help'

set -l in_bar "__fish_seen_subcommand_from $bars; and not __fish_seen_subcommand_from setup"
complete -c usageline -n $in_bar -s w -l watch -d 'Go on, and print each line that is new'
complete -c usageline -n $in_bar -s f -l format -x -d 'The text, with placeholders'
complete -c usageline -n $in_bar -l short-format -x -d 'The text where there is little room'
complete -c usageline -n $in_bar -l window-format -x -d 'The text while one window is chosen'
complete -c usageline -n $in_bar -s t -l tooltip-format -x -d 'The tooltip, with placeholders'
complete -c usageline -n $in_bar -s i -l icon -x -d 'What stands in front'
complete -c usageline -n $in_bar -s r -l remaining -d 'Say what is left'
complete -c usageline -n $in_bar -s u -l used -d 'Say what is used'
complete -c usageline -n $in_bar -l instance -x -d 'Which of several such modules'

set -l takes_state "__fish_seen_subcommand_from $bars usage; and not __fish_seen_subcommand_from setup"
complete -c usageline -n $takes_state -l state -x -d 'A state to pretend' \
    -a 'ok warning critical exhausted stale auth config plan network rate-limited server payload internal cycle'

set -l in_i3blocks '__fish_seen_subcommand_from i3blocks'
complete -c usageline -n $in_i3blocks -l json -d 'Print JSON, for i3blocks 1.5'
complete -c usageline -n $in_i3blocks -l pango -d 'Print Pango markup'
complete -c usageline -n $in_i3blocks -l no-urgent -d 'Do not mark the block as urgent'

set -l takes_provider "__fish_seen_subcommand_from $bars usage details open refresh set-api-key set-cookie unset browsers; and not __fish_seen_subcommand_from setup"
complete -c usageline -n $takes_provider -s p -l provider -x -a '(__usageline_providers)' \
    -d 'The provider'
set -l takes_verbose "__fish_seen_subcommand_from $bars usage refresh; and not __fish_seen_subcommand_from setup"
complete -c usageline -n $takes_verbose -s v -l verbose -d 'Tell what is done'

set -l in_usage '__fish_seen_subcommand_from usage'
complete -c usageline -n $in_usage -s p -l provider -x -a all -d 'The provider'
complete -c usageline -n $in_usage -s s -l source -x -a 'auto api cli web' \
    -d 'Ask now with this credential'
complete -c usageline -n $in_usage -s f -l format -x -a 'text json' -d 'Text or JSON'
complete -c usageline -n $in_usage -l pretty -d 'Indent the JSON'
complete -c usageline -n $in_usage -l color -x -a 'auto always never' -d 'When to use colours'
complete -c usageline -n $in_usage -l no-color -d 'No colours'

set -l in_show '__fish_seen_subcommand_from show; and not __fish_seen_subcommand_from theme'
complete -c usageline -n '__fish_seen_subcommand_from details open refresh' -s b -l bar -x \
    -a "$bars" -d 'The bar that asks'
complete -c usageline -n $in_show -s b -l bar -x -a "$bars" -d 'The bar'
complete -c usageline -n $in_show -l instance -x -d 'Which of several such modules'
complete -c usageline -n $in_show -s p -l provider -x -a '(__usageline_providers)' -d 'The provider'
complete -c usageline -n $in_show -a 'next previous toggle reset'
complete -c usageline -n '__fish_seen_subcommand_from open' -l print -d 'Print the address'
set -l in_setup '__fish_seen_subcommand_from setup'
complete -c usageline -n $in_setup -a "$bars" -d 'The bar'
complete -c usageline -n $in_setup -s c -l config -r -F -d 'The configuration of the bar'
complete -c usageline -n $in_setup -l all -d 'All that run'
complete -c usageline -n $in_setup -l position -x -a 'left center right before: after:' -d 'Where'
complete -c usageline -n $in_setup -s n -l dry-run -d 'Show what would be changed, no more'
complete -c usageline -n $in_setup -s y -l yes -d 'Do not ask'
complete -c usageline -n $in_setup -l force -d 'With --yes: change a file that a program makes, too'
complete -c usageline -n $in_setup -l undo -d 'Take out what setup has added'

complete -c usageline -n '__fish_seen_subcommand_from doctor' -l json -d 'Print the findings as JSON'

set -l in_theme "__fish_seen_subcommand_from theme; and not __fish_seen_subcommand_from list show css"
complete -c usageline -n $in_theme -a list -d 'List the themes'
complete -c usageline -n $in_theme -a show -d 'Show the colours of a theme'
complete -c usageline -n $in_theme -a css -d 'Print a style sheet for Waybar'
complete -c usageline -n '__fish_seen_subcommand_from theme; and __fish_seen_subcommand_from show css' \
    -a '(__usageline_themes)'

set -l in_config "__fish_seen_subcommand_from config; and not __fish_seen_subcommand_from $config_commands"
complete -c usageline -n $in_config -a set-api-key -d 'Store an API key'
complete -c usageline -n $in_config -a set-cookie -d 'Store the cookie of a web session'
complete -c usageline -n $in_config -a unset -d 'Forget what was stored'
complete -c usageline -n $in_config -a validate -d 'Say what is wrong'
complete -c usageline -n $in_config -a dump -d 'Print the settings in effect'
complete -c usageline -n $in_config -a path -d 'Print where the configuration is'
complete -c usageline -n $in_config -a providers -d 'List the providers'
complete -c usageline -n $in_config -a browsers -d 'List the browsers that are looked into'
complete -c usageline -n $in_config -a enable -d 'Enable a provider'
complete -c usageline -n $in_config -a disable -d 'Disable a provider'

complete -c usageline -n '__fish_seen_subcommand_from set-api-key set-cookie' -l stdin \
    -d 'Read it from standard input'
set -l stores_key '__fish_seen_subcommand_from set-api-key'
complete -c usageline -n $stores_key -l api-key -x -d 'The key itself; other users can see it'
complete -c usageline -n '__fish_seen_subcommand_from enable disable' -a '(__usageline_providers)'

# Completion of usageline for bash; needs nothing but bash.

_usageline_providers()
{
    local id rest
    while read -r id rest; do
        printf '%s\n' "$id"
    done < <(usageline config providers 2>/dev/null)
}

_usageline_themes()
{
    local name rest
    while read -r name rest; do
        printf '%s\n' "$name"
    done < <(usageline theme list 2>/dev/null)
}

# The values of the option $2 of the command $1; fails if it takes none that can be listed.
_usageline_values()
{
    case $1:$2 in
    usage:-p | usage:--provider) _usageline_providers && echo all ;;
    *:-p | *:--provider) _usageline_providers ;;
    *:-b | *:--bar) echo waybar i3blocks polybar ;;
    setup:--position) echo left center right before: after: ;;
    *:--state)
        echo ok warning critical exhausted stale auth config plan network rate-limited server \
            payload internal cycle
        ;;
    usage:-s | usage:--source) echo auto api cli web ;;
    usage:-f | usage:--format) echo text json ;;
    usage:--color) echo auto always never ;;
    *) return 1 ;;
    esac
}

# The options of a command, or what may follow it.
_usageline_words()
{
    local bar='--watch --provider --format --short-format --window-format --tooltip-format --icon'

    bar+=' --remaining --used --instance --state --verbose --help'
    case $1 in
    '')
        echo waybar i3blocks polybar usage details open refresh show setup doctor theme config \
            --help --version
        ;;
    waybar | polybar) echo "$bar" ;;
    i3blocks) echo "$bar" --json --pango --no-urgent ;;
    usage) echo --provider --source --state --format --pretty --color --no-color --verbose --help ;;
    details) echo --provider --bar --help ;;
    open) echo --provider --bar --print --help ;;
    refresh) echo --provider --bar --verbose --help ;;
    show) echo next previous toggle reset --bar --instance --provider --help ;;
    setup)
      echo waybar i3blocks polybar --config --all --position --dry-run --yes --force --undo --help
      ;;
    doctor) echo --json --help ;;
    theme) echo list show css --help ;;
    'theme show' | 'theme css') _usageline_themes && echo --help ;;
    'theme '*) echo --help ;;
    config)
        echo set-api-key set-cookie unset validate dump path providers browsers enable disable \
            --help
        ;;
    'config set-api-key') echo --provider --stdin --api-key --help ;;
    'config set-cookie') echo --provider --stdin --help ;;
    'config unset' | 'config browsers') echo --provider --help ;;
    'config enable' | 'config disable') _usageline_providers && echo --help ;;
    'config '*) echo --help ;;
    esac
}

# Whether the word after this one is its value.
_usageline_takes_value()
{
    case $1:$2 in
    *:-p | *:--provider | *:-f | *:--format | *:--short-format | *:--window-format | *:-t | \
        *:--tooltip-format | *:-i | *:--icon | *:--instance | *:--state | *:-b | *:--bar | usage:-s | \
        usage:--source | config:--api-key | setup:-c | setup:--config | setup:--position) return 0 ;;
    *) return 1 ;;
    esac
}

_usageline()
{
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
    local command= full= list=

    # "--provider=kimi" is three words to bash.
    if [[ $cur == = ]]; then
        cur=
    elif [[ $prev == = ]]; then
        prev=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if ((COMP_CWORD > 1)); then
        command=${COMP_WORDS[1]} full=$command
        [[ $command == config || $command == theme ]] && ((COMP_CWORD > 2)) &&
            full="$command ${COMP_WORDS[2]}"
    fi
    if _usageline_takes_value "$command" "$prev"; then
        list=$(_usageline_values "$command" "$prev")
    else
        list=$(_usageline_words "$full")
    fi
    mapfile -t COMPREPLY < <(compgen -W "$list" -- "$cur")
}

complete -F _usageline usageline

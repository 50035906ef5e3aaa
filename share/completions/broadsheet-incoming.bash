# bash completion for broadsheet-incoming: all programs share one file
. "${BASH_SOURCE[0]%/*}/broadsheet" 2>/dev/null || . "${BASH_SOURCE[0]%/*}/broadsheet.bash"

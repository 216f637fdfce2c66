/**
 * The few things that need a shell on the host, as fixed texts: paths and names reach them as words ("$1") and are never
 * read as a script. Written for any POSIX shell; stat, grep, flock and readlink are those of Linux.
 */

/** Prints the folder that VMs are kept in unless told otherwise (XDG base directories). */
export const usualRoot = 'printf %s "${XDG_DATA_HOME:-$HOME/.local/share}/innkeeper/vms"'

/**
 * Of $1 (the store): "f STAMP FILE" for each file that matters, "r PID STARTED UUID" for each run, each ended by a zero.
 * A run that is only beginning has no process yet, as its monitors do not answer; whoever begins it holds the lock.
 */
export const list = `
cd -- "$1" 2>/dev/null || exit 0
stat --printf 'f %i.%.9Y.%s %n\\0' -- */vm.xml */state.json */memory.save run/*/running.xml 2>/dev/null
for d in run/*/; do
  [ -d "$d" ] || continue
  u=\${d#run/}; u=\${u%/}; p=; s=
  { read -r p <"$d/pid"; } 2>/dev/null
  case $p in
    ''|*[!0-9]*) p=- ;;
    *)
      if grep -qaF -- "$u" "/proc/$p/cmdline" 2>/dev/null; then { read -r s <"/proc/$p/stat"; } 2>/dev/null; fi
      [ -n "$s" ] || p=- ;;
  esac
  if [ "$p" != - ] && [ ! -e "$d/started" ] && ! flock -n 9; then p=-; s=; fi 9>>"run/$u.lock"
  s=\${s##*) }
  set -f; set -- $s; set +f
  printf 'r %s %s %s\\0' "$p" "\${20:--}" "$u"
done
exit 0`

/** Of the files $2… in the folder $1: name and text, each ended by a zero. One that is gone has no text and no name. */
export const read = `
cd -- "$1" || exit 1
shift
for f; do [ -f "$f" ] && printf '%s\\0' "$f" && cat -- "$f" && printf '\\0'; done
exit 0`

/** Makes the folder $1; 17 when it is there. */
export const makeFolder = `
umask 077
mkdir -p -- "$(dirname -- "$1")" || exit 1
[ -e "$1" ] && exit 17
mkdir -- "$1"`

/** Standard input becomes the file $2 in the folder $1, whole or not at all. */
export const write = `
umask 077
cd -- "$1" || exit 1
cat >".$2.$$" && mv -f -- ".$2.$$" "$2" && exit 0
rm -f -- ".$2.$$"
exit 1`

/** Renames the folder $1 to $2; 17 when that is there. */
export const move = `
[ -e "$2" ] && exit 17
mv -- "$1" "$2"`

/** Starts what must inherit nothing: neither a lock, nor what whoever started us left open (Chromium marks few of its files as
 * its own). Only bash can close files with numbers of two digits. */
const alone = `
alone() {
  command -v bash >/dev/null 2>&1 || exec "$@"
  exec bash -c 'for f in /proc/$$/fd/*; do
      f=\${f##*/}
      case $f in *[!0-9]*|[012]) ;; *) eval "exec $f>&-" ;; esac
    done
    exec "$@"' innkeeper "$@"
}`

/**
 * Starts a program that stays in the foreground, and waits until it listens: $1 the socket, $2 the file for its number, which
 * is its log as well with another ending; then its words. What it said is told when it ends before.
 */
const serve = `
serve() {
  socket=$1; number=$2; log=\${2%.pid}.log; shift 2
  (alone "$@" 9>&- </dev/null >"$log" 2>&1) &
  printf '%s\\n' "$!" >"$number"
  i=0
  while [ ! -S "$socket" ]; do
    if [ "$i" -ge 200 ] || ! kill -0 "$!" 2>/dev/null; then
      kill "$!" 2>/dev/null
      cat -- "$log" >&2
      return 1
    fi
    i=$((i+1))
    sleep 0.05
  done
}`

/** Ends what runs beside the guest whose folder is $dir. */
const endHelpers = `
endHelpers() {
  for f in "$dir"/*.pid; do
    p=; { read -r p <"$f"; } 2>/dev/null
    case $p in
      ''|*[!0-9]*) ;;
      *) if grep -qaF -- "$dir" "/proc/$p/cmdline" 2>/dev/null; then kill "$p"; fi ;;
    esac
  done
}`

/** The same beside a guest that runs already. */
export const serveMore = `
umask 077
${alone}
${serve}
serve "$@"`

/**
 * Begins a run: $1 the store, $2 the UUID, $3 a text for argv.json; then what has to be there before, as "folder" and its
 * path, or "copy", a file and the place where it is put unless there is one; then helpers, each as "helper", how many words,
 * its words, or with "serve" (see there) before those; then "qemu" and its words. Standard input is the definition. 75: somebody
 * else begins one, 76: it runs already. A guest outlives all of those who started it.
 */
export const start = `
umask 077
${alone}
${serve}
${endHelpers}
root=$1; uuid=$2; json=$3; shift 3
mkdir -p -- "$root/run" || exit 74
exec 9>"$root/run/$uuid.lock" || exit 74
flock -n 9 || exit 75
dir=$root/run/$uuid; p=
{ read -r p <"$dir/pid"; } 2>/dev/null
case $p in
  ''|*[!0-9]*) ;;
  *) if grep -qaF -- "$uuid" "/proc/$p/cmdline" 2>/dev/null; then exit 76; fi ;;
esac
rm -rf -- "$dir" && mkdir -- "$dir" || exit 74
cat >"$dir/running.xml" && printf %s "$json" >"$dir/argv.json" || exit 74
while :; do
  case $1 in
    folder) mkdir -p -- "$2" || exit 74; shift 2 ;;
    copy)
      if [ ! -e "$3" ]; then
        mkdir -p -- "$(dirname -- "$3")" && cp -- "$2" "$3.$$" && mv -f -- "$3.$$" "$3" || exit 74
      fi
      shift 3 ;;
    *) break ;;
  esac
done
code=0
while [ "$code" -eq 0 ] && [ "$1" = helper ]; do
  n=$2; shift 2
  (
    total=$#; i=0
    while [ "$i" -lt "$total" ]; do
      i=$((i+1))
      [ "$i" -le "$n" ] && set -- "$@" "$1"
      shift
    done
    if [ "$1" = serve ]; then shift; serve "$@"; else alone "$@" 9>&- </dev/null; fi
  ) || code=$?
  shift "$n"
done
shift
if [ "$code" -eq 0 ]; then (alone "$@" 9>&- </dev/null) || code=$?; fi
if [ "$code" -eq 0 ]; then : >"$dir/started"; else endHelpers; rm -rf -- "$dir"; fi
exit "$code"`

/** Removes what a run that has ended left: $1 the store, $2 the UUID. One that is beginning is left alone. */
export const clean = `
${endHelpers}
exec 9>"$1/run/$2.lock" || exit 0
flock -n 9 || exit 0
dir=$1/run/$2; p=
{ read -r p <"$dir/pid"; } 2>/dev/null
case $p in
  ''|*[!0-9]*) ;;
  *) if grep -qaF -- "$2" "/proc/$p/cmdline" 2>/dev/null; then exit 0; fi ;;
esac
endHelpers
rm -rf -- "$dir"
rm -f -- "$1/run/$2.lock"
exit 0`

/** Ends a process by force, if it still is the emulator of this VM: $1 its number, $2 the UUID. */
export const kill = `
grep -qaF -- "$2" "/proc/$1/cmdline" 2>/dev/null || exit 0
kill -KILL "$1"`

/** The same for a process that others started: $1 its number, $2 when it started, as its number may be another's by now. */
export const killStarted = `
{ read -r s <"/proc/$1/stat"; } 2>/dev/null || exit 0
f=$1; t=$2
s=\${s##*) }; set -f; set -- $s
[ "\${20}" = "$t" ] || exit 0
kill -KILL "$f"`

/** Prints a file and removes it. */
export const take = `
cat -- "$1"; code=$?
rm -f -- "$1"
exit "$code"`

/** In the folder $1 the memory that was written becomes what the next start finds; $2 is the definition it belongs to. */
export const keepMemory = `
cd -- "$1" || exit 1
cp -- "$2" .saved.xml.new && mv -f -- .saved.xml.new saved.xml && mv -f -- memory.part memory.save`

/** Of the store $1 what the folders $3… have in their folder $2: name and text of each file, each ended by a zero. */
export const readKept = `
cd -- "$1" || exit 0
kept=$2; shift 2
for d; do
  for f in "$d/$kept"/*.xml "$d/$kept/current"; do
    [ -f "$f" ] && printf '%s\\0' "$f" && cat -- "$f" && printf '\\0'
  done
done
exit 0`

/** The new, empty file $2 is what is written as $1 from now on; 17 when it is there. */
export const leadElsewhere = `
umask 077
if ! (set -C; : >"$2") 2>/dev/null; then
  [ -e "$2" ] && exit 17
  : >>"$2" || exit 1
fi
ln -sfn -- "$2" "$1" && exit 0
rm -f -- "$2"
exit 1`

/** Processes of the host that may be QEMU. Anybody on the host may have started them, and writes what their words are. */
import type { Link } from '../../../link/link'

export interface FoundProcess {
  readonly pid: number
  /** Since the host started; tells one from another that gets its number later. */
  readonly startedTicks: number
  readonly folder: string
  readonly words: readonly string[]
}

const limitMs = 20_000
/** More is no command of a person's, and is not read. */
const mostBytes = 262_144
const mostWords = 4000
const mostProcesses = 300

/**
 * "p PID STARTED WORDS FOLDER", then the words, all ended by a zero; of one's own processes, or of all for root. A fixed
 * text for any POSIX shell; /proc, grep, stat and readlink are those of Linux.
 */
export const processesScript = `
me=$(id -u)
grep -lsaE 'qemu-system-|qemu-kvm' /proc/[0-9]*/cmdline 2>/dev/null | while read -r f; do
  d=\${f%/cmdline}
  u=$(stat -c %u "$d" 2>/dev/null) || continue
  [ "$me" = 0 ] || [ "$u" = "$me" ] || continue
  { read -r s <"$d/stat"; } 2>/dev/null || continue
  s=\${s##*) }; set -f; set -- $s; set +f
  b=$(wc -c <"$f" 2>/dev/null) || continue
  [ "$b" -le ${mostBytes} ] || continue
  n=$(tr -cd '\\0' <"$f" 2>/dev/null | wc -c) || continue
  printf 'p %s %s %s %s\\0' "\${d#/proc/}" "\${20:-0}" "$n" "$(readlink "$d/cwd" 2>/dev/null)"
  cat "$f" 2>/dev/null
done
exit 0`

export async function findProcesses(link: Link): Promise<FoundProcess[]> {
  const { stdout } = await link.run(['env', 'LC_ALL=C', 'sh', '-c', processesScript], {
    signal: AbortSignal.timeout(limitMs),
  })
  return readProcesses(stdout)
}

/** What does not fit is passed over until the next that does: a process may end or become another one meanwhile. */
export function readProcesses(text: string): FoundProcess[] {
  const records = text.split('\0')
  const found: FoundProcess[] = []
  for (let at = 0; at < records.length && found.length < mostProcesses; at += 1) {
    const head = /^p (\d{1,9}) (\d{1,15}) (\d{1,7}) (.*)$/s.exec(records[at] ?? '')
    if (!head) continue
    const count = Number(head[3])
    const words = records.slice(at + 1, at + 1 + count)
    at += count
    const [program = ''] = words
    if (count > mostWords || !/(^|\/)(qemu-system-[\w-]+|qemu-kvm)$/.test(program)) continue
    found.push({ pid: Number(head[1]), startedTicks: Number(head[2]), folder: head[4] ?? '/', words })
  }
  return found
}

/** Where a host has virtiofsd: each distribution has its place, and none is on the path of commands. */
import type { Link } from '../../../link/link'

const limitMs = 10_000
/** Rust's own first, as the one in C is not made any more. */
const script = `
for f in /usr/libexec/virtiofsd /usr/lib/virtiofsd /usr/lib/qemu/virtiofsd /usr/libexec/qemu/virtiofsd /usr/local/libexec/virtiofsd; do
  if [ -x "$f" ]; then printf '%s\\n' "$f"; exit 0; fi
done
command -v virtiofsd
exit 0`

const known = new WeakMap<Link, Promise<string | undefined>>()

/** Asked until it is found. */
export async function virtiofsdOf(link: Link): Promise<string | undefined> {
  const asked = known.get(link) ?? find(link)
  known.set(link, asked)
  const forget = (): void => void known.delete(link)
  asked.then((path) => (path === undefined ? forget() : undefined), forget)
  return asked
}

async function find(link: Link): Promise<string | undefined> {
  const { stdout } = await link.run(['sh', '-c', script], { signal: AbortSignal.timeout(limitMs) })
  const path = stdout.trim()
  return path.startsWith('/') ? path : undefined
}

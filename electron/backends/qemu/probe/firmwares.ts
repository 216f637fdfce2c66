/**
 * UEFI firmwares of a host, as the descriptors of its packages tell (QEMU's docs/interop/firmware.json): in the order of
 * their names, where a file in /etc takes the place of one of the same name, as that document wants.
 */
import { z } from 'zod'
import type { Link } from '../../../link/link'
import type { Firmware } from '../argv/plan'

const limitMs = 10_000

/** Each file between marks; a file in the first folder hides that of the same name in the next. */
const script = `
seen=' '
for d in /etc/qemu/firmware /usr/local/share/qemu/firmware /usr/share/qemu/firmware; do
  for f in "$d"/*.json; do
    [ -f "$f" ] || continue
    n=\${f##*/}
    case "$seen" in *" $n "*) continue;; esac
    seen="$seen$n "
    printf '\\036%s\\n' "$n"
    head -c 65536 "$f"
  done
done
exit 0`

const file = z.object({
  filename: z.string().startsWith('/'),
  format: z.enum(['raw', 'qcow2']).default('raw'),
})

const descriptor = z.object({
  'interface-types': z.array(z.string()),
  mapping: z.object({
    device: z.literal('flash'),
    executable: file,
    'nvram-template': file.optional(),
  }),
  targets: z.array(z.object({ architecture: z.string(), machines: z.array(z.string()) })),
  features: z.array(z.string()),
})

export async function readFirmwares(link: Link): Promise<Firmware[]> {
  const { stdout } = await link.run(['sh', '-c', script], { signal: AbortSignal.timeout(limitMs) })
  return firmwaresFrom(stdout)
}

/** Other kinds than flash for UEFI, and files that are none, are passed over. */
export function firmwaresFrom(text: string): Firmware[] {
  return text
    .split('\u001e')
    .slice(1)
    .map((part) => ({ name: part.slice(0, part.indexOf('\n')), json: part.slice(part.indexOf('\n') + 1) }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap(({ json }) => {
      const read = descriptor.safeParse(parsed(json))
      if (!read.success || !read.data['interface-types'].includes('uefi')) return []
      const { mapping, targets, features } = read.data
      const variables = mapping['nvram-template']
      return targets.map(
        ({ architecture, machines }): Firmware => ({
          code: mapping.executable.filename,
          codeFormat: mapping.executable.format,
          ...(variables ? { variables: variables.filename, variablesFormat: variables.format } : {}),
          architectures: architecture === 'i386' ? ['i686'] : [architecture],
          machines,
          features,
        }),
      )
    })
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

const known = new WeakMap<Link, Promise<Firmware[]>>()

/** Asked once for each connection. */
export function firmwaresOf(link: Link): Promise<Firmware[]> {
  const asked = known.get(link) ?? readFirmwares(link)
  known.set(link, asked)
  asked.catch(() => known.delete(link))
  return asked
}

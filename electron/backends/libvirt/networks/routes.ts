/** Where the host sends packets to, as its kernel tells where the link runs commands there. Nothing of it is needed. */
import { z } from 'zod'
import { AppError } from '../../../../shared/errors'
import type { Link } from '../../../link/link'
import { whyNotThere } from '../console-settings'

export interface HostRoute {
  readonly destination: string
  readonly device: string
}

const limitMs = 5000
const maxBytes = 4 * 1024 * 1024

/** Empty where nothing can be read. */
export async function readRoutes(link: Link, hostname: string): Promise<HostRoute[]> {
  try {
    if ((await whyNotThere(link, hostname)) !== undefined) return []
    const lists = await Promise.all(['-4', '-6'].map((family) => fromIp(link, family)))
    return lists.flat()
  } catch (error) {
    if (error instanceof AppError) return []
    throw error
  }
}

async function fromIp(link: Link, family: string): Promise<HostRoute[]> {
  const argv = ['ip', '-j', family, 'route', 'show']
  const { stdout, code } = await link.run(argv, { signal: AbortSignal.timeout(limitMs), maxBytes })
  return code === 0 ? parseRoutes(stdout) : []
}

const route = z.object({ dst: z.string(), dev: z.string() })

export function parseRoutes(text: string): HostRoute[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return []
  }
  if (!Array.isArray(parsed)) return []
  return parsed.flatMap((item) => {
    const read = route.safeParse(item)
    // every interface with IPv6 has the same one of this kind
    if (!read.success || read.data.dst.startsWith('fe80:')) return []
    return [{ destination: read.data.dst, device: read.data.dev }]
  })
}

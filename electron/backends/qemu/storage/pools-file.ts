/** The pools of a store: folders of the host, remembered in one file. Without it there is the pool "default". */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../../../shared/errors'
import { EditDocument } from '../../../domain-xml/edit/tree'
import { readPoolValues, storedPool } from '../../../domain-xml/storage/pool-document'
import { plain } from '../../../../shared/model/hardware/field'
import type { Store } from '../store/store'

const file = 'pools.json'

const kept = z.object({
  pools: z
    .array(z.object({ xml: z.string().max(1_048_576), isActive: z.boolean(), isAutostart: z.boolean() }))
    .max(1000),
})

export interface KeptPool {
  readonly name: string
  readonly uuid: string
  readonly path: string
  readonly xml: string
  readonly isActive: boolean
  readonly isAutostart: boolean
}

export class PoolsFile {
  #turn: Promise<unknown> = Promise.resolve()

  constructor(private readonly store: Store) {}

  async read(): Promise<KeptPool[]> {
    const text = (await this.store.read([file]).catch(noStore)).get(file)
    if (text === undefined) return [usualPool(this.store.root)]
    return parsed(text).map(({ xml, isActive, isAutostart }) => ({ ...poolFrom(xml), isActive, isAutostart }))
  }

  async find(name: string): Promise<KeptPool> {
    const pool = (await this.read()).find((one) => one.name === name)
    if (!pool) throw new AppError('not-found', 'The storage pool does not exist on this host')
    return pool
  }

  /** One change after the other, each on what the one before has left. */
  change(work: (pools: readonly KeptPool[]) => Promise<readonly KeptPool[]>): Promise<void> {
    const next = this.#turn.then(async () => {
      const pools = await work(await this.read())
      const text = JSON.stringify(
        { pools: pools.map(({ xml, isActive, isAutostart }) => ({ xml, isActive, isAutostart })) },
        null,
        2,
      )
      await this.store.writeTop(file, `${text}\n`)
    })
    this.#turn = next.catch(() => undefined)
    return next
  }
}

/** A store that nothing was put into yet has no folder. */
function noStore(error: unknown): Map<string, string> {
  if (error instanceof AppError && error.kind === 'invalid') return new Map()
  throw error
}

function parsed(text: string): z.output<typeof kept>['pools'] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    json = undefined
  }
  const found = kept.safeParse(json)
  if (found.success) return found.data.pools
  throw new AppError('invalid', 'The list of pools on the host cannot be read', {
    cure: 'Mend pools.json in the folder of the VMs, or remove it: images stay where they are.',
  })
}

export function poolFrom(xml: string): Pick<KeptPool, 'name' | 'uuid' | 'path' | 'xml'> {
  const document = storedPool(xml, 'a pool')
  const values = readPoolValues(document.root)
  return {
    name: plain(values['name']),
    uuid: document.root.find('uuid')?.text() ?? '',
    path: plain(values['path']),
    xml: document.toString(),
  }
}

function usualPool(root: string): KeptPool {
  const xml =
    '<pool type="dir">\n  <name>default</name>\n  <uuid/>\n  <target>\n    <path/>\n  </target>\n</pool>\n'
  const document = EditDocument.parse(xml)
  const hash = createHash('sha256').update(root).digest('hex')
  // the same at every look (RFC 9562, version 8)
  const uuid = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
  document.root.find('uuid')?.setText(uuid)
  document.root.find('target', 'path')?.setText(`${root}/images`)
  return { ...poolFrom(document.toString()), isActive: true, isAutostart: true }
}

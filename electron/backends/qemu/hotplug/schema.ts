/** What the monitor of a guest takes, as QEMU itself tells (docs/devel/qapi-code-gen, "Client JSON Protocol introspection"). */
import { objectsIn, type JsonObject } from '../../../qmp/index'
import type { Guest } from '../guest'

const known = new WeakMap<Guest, Promise<ReadonlyMap<string, JsonObject>>>()

/** Names of a command's arguments; of one that takes a choice of several things those that all have. */
export async function argumentsOf(guest: Guest, command: string): Promise<ReadonlySet<string>> {
  const asked = known.get(guest) ?? read(guest)
  known.set(guest, asked)
  asked.catch(() => known.delete(guest))
  const entities = await asked
  const type = entities.get(command)?.['arg-type']
  const members = typeof type === 'string' ? entities.get(type)?.['members'] : undefined
  return new Set(objectsIn(members).flatMap(({ name }) => (typeof name === 'string' ? [name] : [])))
}

async function read(guest: Guest): Promise<ReadonlyMap<string, JsonObject>> {
  const answer = await guest.execute('query-qmp-schema')
  return new Map(
    objectsIn(answer).flatMap((one) =>
      typeof one['name'] === 'string' ? [[one['name'], one] as const] : [],
    ),
  )
}

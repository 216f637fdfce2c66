/** A command of QEMU's as a definition for one host, which is asked what only it can know: formats, files, accelerators. */
import { kindOf } from '../../shared/model/hardware/kinds'
import type { ReadQemuCommand } from '../../shared/model/new-vm/qemu-command'
import type { HypervisorSession } from '../backends/backend'
import { EditDocument } from '../domain-xml/edit/tree'
import { readItems } from '../domain-xml/hardware/view'
import { importText } from '../qemu-command/text'

/** Of images and files that are looked at: a command that names more is read without. */
const mostFiles = 12
const mostConfigBytes = 262_144

export async function readQemuCommand(session: HypervisorSession, text: string): Promise<ReadQemuCommand> {
  const configs = await configsOf(session, text)
  const configOf = (path: string): string | undefined => configs.get(path)
  const paths = new Set<string>()
  importText(text, {
    configOf,
    formatOf: (path) => {
      paths.add(path)
      return undefined
    },
  })
  const formats = await filled(paths, async (path) => (await session.images.image(path)).chain[0]?.format)
  const imported = importText(text, { configOf, formatOf: (path) => formats.get(path) })
  const { xml, told } = await asHostRuns(session, imported.xml)
  return {
    source: imported.source,
    xml,
    hardware: hardwareIn(xml),
    told: [...told, ...imported.told],
    kept: imported.kept,
  }
}

/** Files of -readconfig that lie on the host; what is not there is told by whoever needs it. */
async function configsOf(session: HypervisorSession, text: string): Promise<ReadonlyMap<string, string>> {
  const paths = new Set<string>()
  try {
    importText(text, {
      configOf: (path) => {
        paths.add(path)
        return ''
      },
    })
  } catch {
    // what is wrong with it is said when it is read for good
    return new Map()
  }
  return filled(paths, async (path) =>
    new TextDecoder().decode(await session.images.readBytes(path, 0, mostConfigBytes)),
  )
}

/** What cannot be looked at has no entry. */
async function filled(
  paths: ReadonlySet<string>,
  read: (path: string) => Promise<string | undefined>,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  await Promise.all(
    [...paths]
      .filter((path) => path.startsWith('/'))
      .slice(0, mostFiles)
      .map(async (path) => {
        const value = await read(path).catch(() => undefined)
        if (value !== undefined) found.set(path, value)
      }),
  )
  return found
}

/** An accelerator that the host does not have would keep the VM from starting; without one it is slow. */
async function asHostRuns(
  session: HypervisorSession,
  xml: string,
): Promise<{ readonly xml: string; readonly told: readonly string[] }> {
  const document = EditDocument.parse(xml)
  const wanted = document.root.attribute('type') ?? 'qemu'
  if (wanted === 'qemu') return { xml, told: [] }
  const capabilities = await session.capabilities().catch(() => undefined)
  const type = document.root.find('os', 'type')
  const guest = capabilities?.guests.find(({ architecture }) => architecture === type?.attribute('arch'))
  const names = guest?.virtTypes.map(({ name }) => name) ?? []
  if (names.includes(wanted) || !names.includes('qemu')) return { xml, told: [] }
  document.root.setAttribute('type', 'qemu')
  return {
    xml: document.toString(),
    told: [
      `${wanted.toUpperCase()} does not work on this host: the guest is emulated, which is slow. It can be changed later in the definition.`,
    ],
  }
}

const shownPages = ['cpu', 'memory', 'boot']

function hardwareIn(xml: string): ReadQemuCommand['hardware'] {
  return readItems(EditDocument.parse(xml).root, undefined).flatMap(({ ref, values }) => {
    const kind = kindOf(ref.kind)
    if (!kind || (kind.role === 'page' && !shownPages.includes(kind.id))) return []
    const summary = kind.summary?.(values)
    return [{ kind: kind.id, title: kind.title(values), ...(summary === undefined ? {} : { summary }) }]
  })
}

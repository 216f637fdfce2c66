/** New VMs of a demo host: what is said in their definition is there, and what a host adds to it. */
import { randomInt, randomUUID } from 'node:crypto'
import { AppError } from '../../../shared/errors'
import { shellWord } from '../../../shared/shell-word'
import { vmId, type VmId } from '../../../shared/model/ids'
import { parseElement, type EditElement } from '../../domain-xml/edit/tree'
import { writtenDomain } from '../../domain-xml/written-domain'
import { nameTaken, uuidTaken, type CreationSession, nothingToTakeOver } from '../creation-session'
import type { FakeHost } from './fake-host'
import { definitionFromXml } from './definition-from-xml'
import { storedXmlOf } from './xml'

export function fakeCreation(host: FakeHost, answerTime: () => Promise<void>): CreationSession {
  return {
    async define(xml) {
      await answerTime()
      const { document, name, uuid } = writtenDomain(xml)
      if (host.byName(name)) throw nameTaken(name)
      const id = idOf(uuid)
      if (host.vms.has(id)) throw uuidTaken()
      addWhatHostsAdd(document.root, id)
      host.define(definitionFromXml(host.name, id, document.root), document.toString())
      return id
    },
    async install(firstStart, stored) {
      await answerTime()
      const { name, uuid } = writtenDomain(firstStart)
      if (host.byName(name)) throw nameTaken(name)
      const id = idOf(uuid)
      if (host.vms.has(id)) throw uuidTaken()
      const [running, later] = [firstStart, stored].map((xml) => {
        const { document } = writtenDomain(xml)
        addWhatHostsAdd(document.root, id)
        return document
      })
      if (!running || !later) throw new Error('Two definitions make two documents')
      const vm = host.define(definitionFromXml(host.name, id, later.root), later.toString())
      running.root.setAttribute('id', String(host.displayPort(vm) - 5899))
      host.change(vm, {
        state: 'running',
        stateReason: undefined,
        run: host.newRun(vm, 0, true),
        runningXml: running.toString(),
      })
      return id
    },
    async source(id) {
      await answerTime()
      const vm = host.vms.get(id)
      if (!vm) throw new AppError('not-found', 'This VM is no longer there')
      return storedXmlOf(vm)
    },
    virtClone: (words) => ['virt-clone', ...words].map(shellWord).join(' '),
    takeOver: () => nothingToTakeOver(),
    virtInstall: (words) => ['virt-install', ...words].map(shellWord).join(' '),
  }
}

function idOf(uuid: string | undefined): VmId {
  const id = vmId.safeParse(uuid ?? randomUUID())
  if (id.success) return id.data
  throw new AppError('invalid', 'This is not a UUID', {
    field: 'uuid',
    detail: `malformed uuid element: ${uuid}`,
  })
}

function addWhatHostsAdd(root: EditElement, id: VmId): void {
  if (!root.find('uuid')) root.insert(parseElement(`<uuid>${id}</uuid>`), root.find('name'))
  for (const card of root.find('devices')?.children('interface') ?? [])
    if (!card.find('mac')) card.insert(parseElement(`<mac address='${newMac()}'/>`))
}

/** 52:54:00 is the prefix QEMU guests use. */
function newMac(): string {
  const bytes = [0x52, 0x54, 0, randomInt(256), randomInt(256), randomInt(256)]
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':')
}

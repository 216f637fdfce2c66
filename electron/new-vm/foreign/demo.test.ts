import { expect, it } from 'vitest'
import { hostId } from '../../../shared/model/ids'
import { usualDevices, wishesOfForeign } from '../../../shared/model/new-vm/foreign-wishes'
import { suggest } from '../../../shared/model/new-vm/suggest'
import { createVm } from '../create'
import { workOutNewVm } from '../plan'
import { demo } from '../testing/demo'
import { standIn } from '../testing/stand-in-writer'
import { definitionWriter } from '../writer'
import { readForeign } from './read'

const writer = definitionWriter(async () => undefined, standIn.tree)
const image = '/var/lib/libvirt/images/old-fileserver.qcow2'

it('a Xen guest becomes a VM of the demo host, with a copy of its disk, its size and the cards its system expects', async () => {
  const { session, host } = await demo()
  const vm = readForeign({
    name: 'files.cfg',
    text: `name = "files"\nbuilder = "hvm"\nmemory = 1024\nvcpus = 2
disk = ['${image},qcow2,hda,rw']\nvif = ['bridge=default,model=e1000', 'bridge=elsewhere']`,
  })
  const [capabilities, choices] = await Promise.all([session.capabilities(), session.hostChoices()])
  const wishes = wishesOfForeign(vm, usualDevices(vm), { capabilities, choices })
  const { input, problems } = suggest(wishes, {
    host: hostId.parse('demo'),
    info: session.info,
    capabilities,
    choices,
    vmNames: [],
  })
  expect(problems).toEqual([])
  if (!input) throw new Error('nothing to create')
  const worked = await workOutNewVm(session, input, writer)
  expect(worked.plan.problems.filter(({ level }) => level === 'error')).toEqual([])
  await createVm(session, input, worked, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
  const made = host.byName('files')
  expect(made?.state).toBe('shut-off')
  expect(made?.definition.disks.map(({ source }) => source)).toEqual(['/var/lib/libvirt/images/files.qcow2'])
  expect(host.files.has(image)).toBe(true)
  expect(worked.plan.xml).toMatch(/<target [^>]*bus=.sata./)
  expect(worked.plan.xml.match(/<model type=.(e1000|rtl8139)./g)).toHaveLength(2)
  expect(worked.plan.xml).toMatch(/<memory unit=.KiB.>1048576</)
})

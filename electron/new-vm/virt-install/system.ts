/** Options about the machine: what it is, its processor, firmware and features. */
import type { Values } from '../../../shared/model/hardware/field'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../../shared/model/os/os'
import { offeredHyperv, speaksHyperv } from '../definition/hyperv'
import type { NewGuest } from '../definition/guest'
import { memoryMebibytes } from '../definition/machine'
import type { CreationFacts } from '../facts'
import { joined, option } from './words'

export interface Pages {
  readonly cpu: Values
  readonly boot: Values
  readonly features: Values
  readonly clock: Values
}

export function systemWords(
  input: NewVmInput,
  facts: CreationFacts,
  os: OsKnowledge | undefined,
  guest: NewGuest,
  pages: Pages,
): string[] {
  return [
    ...option('--name', input.name),
    ...(input.description === undefined || input.description === ''
      ? []
      : ['--metadata', joined(['description', input.description])]),
    '--osinfo',
    os === undefined ? 'detect=off,require=off' : os.shortId,
    ...kindWords(input, guest),
    '--memory',
    String(memoryMebibytes(input)),
    '--vcpus',
    vcpus(input, pages.cpu),
    ...cpuWords(pages.cpu),
    ...bootWords(pages.boot),
    ...featureWords(facts, guest, pages.features),
    // what virt-install takes from the system it is told
    ...(os === undefined && pages.clock['offset'] === 'localtime' ? ['--clock', 'offset=localtime'] : []),
  ]
}

function kindWords({ guest: wanted }: NewVmInput, { machine }: NewGuest): string[] {
  return [
    '--virt-type',
    wanted.virtType,
    '--arch',
    wanted.architecture,
    ...(machine === undefined ? [] : ['--machine', machine]),
    ...(wanted.osType === 'xen' || wanted.osType === 'linux' ? ['--paravirt'] : []),
    ...(wanted.osType === 'hvm' && wanted.virtType === 'xen' ? ['--hvm'] : []),
    ...(wanted.osType === 'xenpvh' ? ['--boot', 'os_type=xenpvh'] : []),
  ]
}

function vcpus({ vcpuCount }: NewVmInput, cpu: Values): string {
  const number = (name: string): number | undefined => (typeof cpu[name] === 'number' ? cpu[name] : undefined)
  return joined(
    String(vcpuCount),
    ['sockets', number('sockets')],
    ['cores', number('cores')],
    ['threads', number('threads')],
  )
}

function cpuWords({ mode, model }: Values): string[] {
  if (typeof model === 'string') return ['--cpu', model]
  return typeof mode === 'string' ? ['--cpu', joined(['mode', mode])] : []
}

function bootWords({ firmware, secureBoot, enrolledKeys, loaderSecure }: Values): string[] {
  if (firmware !== 'efi') return []
  const features = [
    ['secure-boot', secureBoot],
    ['enrolled-keys', enrolledKeys],
  ] as const
  const set = features.filter(([, state]) => state !== undefined)
  return [
    '--boot',
    joined(
      ['firmware', 'efi'],
      ...set.flatMap(([name, state], at) => [
        [`firmware.feature${at}.name`, name] as const,
        [`firmware.feature${at}.enabled`, state === true ? 'yes' : 'no'] as const,
      ]),
      ['loader.secure', loaderSecure === true ? 'yes' : undefined],
    ),
  ]
}

function featureWords(facts: CreationFacts, guest: NewGuest, { vmport, smm }: Values): string[] {
  const said = joined(
    ['vmport.state', vmport === false ? 'off' : undefined],
    ['smm.state', smm === true ? 'on' : undefined],
  )
  return [
    ...(said === '' ? [] : ['--features', said]),
    // few of them have options of their own
    ...(speaksHyperv(guest)
      ? offeredHyperv(facts).flatMap(({ name }) => [
          '--xml',
          `xpath.set=./features/hyperv/${name}/@state,xpath.value=on`,
        ])
      : []),
  ]
}

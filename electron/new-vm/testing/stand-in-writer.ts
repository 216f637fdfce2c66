import { AppError } from '../../../shared/errors'
import type { DefinitionWriter } from '../plan'

/** As little of a definition as a host takes. */
export const standIn: DefinitionWriter = {
  os: async () => undefined,
  tree: async () => {
    throw new AppError('not-found', 'There is nothing to install from')
  },
  definitionOf: (input, facts) => `<domain type='${input.guest.virtType}'>
  <name>${input.name}</name>
  <uuid>${facts.uuid}</uuid>
  <memory unit='bytes'>${input.memoryBytes}</memory>
  <vcpu>${input.vcpuCount}</vcpu>
  <os>
    <type arch='${input.guest.architecture}'>${input.guest.osType}</type>
  </os>
  <devices>
${facts.disks
  .map(({ source, format }, at) => {
    const where =
      source.kind === 'volume'
        ? `pool='${source.pool}' volume='${source.volume}'`
        : `${source.kind === 'file' ? 'file' : 'dev'}='${source.path}'`
    return `    <disk type='${source.kind}' device='disk'>
      <driver name='qemu' type='${format}'/>
      <source ${where}/>
      <target dev='vd${'abc'[at]}' bus='virtio'/>
    </disk>`
  })
  .join('\n')}
  </devices>
</domain>
`,
  virtInstallOf: (input) => ({ words: ['--name', input.name], notes: ['In short.'] }),
}

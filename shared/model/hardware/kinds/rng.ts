import { choice, plain, has, integer, path } from '../field'
import { defineKind } from '../kind'

export const rng = defineKind({
  id: 'rng',
  label: 'Random number generator',
  role: 'device',
  fields: {
    model: {
      label: 'Model',
      type: choice(
        [
          ['virtio', 'VirtIO'],
          ['virtio-transitional', 'VirtIO, transitional'],
          ['virtio-non-transitional', 'VirtIO, modern only'],
        ],
        { offeredBy: 'rng.model' },
      ),
      isRequired: true,
    },
    backend: {
      label: 'Source',
      type: choice(
        [
          ['random', 'A device of the host'],
          ['builtin', 'Built into the emulator'],
          ['egd', 'An entropy daemon (EGD)'],
        ],
        {
          offeredBy: 'rng.backendModel',
          // it has a connection of its own, which no form here sets
          offeredWhen: (name, { backend }) => name !== 'egd' || backend === 'egd',
        },
      ),
      isRequired: true,
    },
    device: { label: 'Host device', type: path, when: has('backend', 'random'), absent: '/dev/random' },
    rateBytes: {
      label: 'Limit',
      type: integer(1, undefined, 'bytes'),
      help: 'In each period, so that one guest cannot take all entropy of the host.',
      absent: 'Unlimited',
      isAdvanced: true,
    },
    ratePeriodMs: {
      label: 'Period',
      type: integer(1, undefined, 'ms'),
      absent: '1000 ms',
      when: ({ rateBytes }) => rateBytes !== undefined,
      isAdvanced: true,
    },
  },
  groups: [
    { title: '', fields: ['model', 'backend', 'device'] },
    { title: 'Rate limit', fields: ['rateBytes', 'ratePeriodMs'] },
  ],
  title: () => 'Random number generator',
  summary: ({ backend, device }) => (backend === 'random' ? plain(device) || '/dev/random' : plain(backend)),
  defaults: () => ({
    model: 'virtio',
    backend: 'random',
    device: '/dev/urandom',
  }),
  hotplug: () => true,
})

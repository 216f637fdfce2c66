import {
  choice,
  cpuset,
  flag,
  has,
  hostChoice,
  inWords,
  integer,
  plain,
  rows,
  text,
  type Field,
  type Values,
} from '../field'
import { defineKind } from '../kind'
import { isMadeByHypervisor } from './cpu-made'
import { cpuProblems } from './cpu-rules'

const atPowerOn = 'The guest sees its processor when it is switched on.'
/** Old definitions name a model and no mode. */
const isOwnModel = ({ mode, model }: Values): boolean =>
  mode === 'custom' || (mode === undefined && model !== undefined)
const hasTopology = ({ sockets, cores, threads }: Values): boolean =>
  [sockets, cores, threads].some((one) => one !== undefined)

const mode = {
  label: 'Model',
  type: choice([
    ['host-model', 'Like the host', 'the nearest named model, can move to similar hosts'],
    ['host-passthrough', 'The host’s own', 'all it can do; moves only to hosts of the same make'],
    ['maximum', 'Everything possible', 'whatever the hypervisor can give, for emulation'],
    ['custom', 'A named model', 'the same on every host that has it'],
  ]),
  absent: 'Hypervisor default',
  whyNotLive: atPowerOn,
} satisfies Field

export const cpu = defineKind({
  id: 'cpu',
  label: 'Processor',
  role: 'page',
  fields: {
    maximum: {
      label: 'Virtual CPUs',
      type: integer(1, 65_535),
      isRequired: true,
      help: 'The most the VM can have. Fewer may be switched on, and more up to this number while it runs.',
      whyNotLive: 'The guest is given room for its virtual CPUs when it is switched on.',
    },
    current: {
      label: 'Switched on',
      type: integer(1, 65_535),
      absent: 'All of them',
      isLive: true,
      help: 'Can change while the guest runs, if the guest takes part.',
    },
    mode,
    model: {
      label: 'Named model',
      type: hostChoice('cpu-model'),
      when: isOwnModel,
      help: 'For hosts that differ, take the newest model that all of them have.',
      whyNotLive: atPowerOn,
    },
    sockets: {
      label: 'Sockets',
      type: integer(1, 4096),
      absent: 'One per virtual CPU',
      whyNotLive: atPowerOn,
      help: 'Some systems are licensed by socket or use only two of them: one socket with many cores suits most.',
    },
    cores: { label: 'Cores per socket', type: integer(1, 4096), absent: '1', whyNotLive: atPowerOn },
    threads: { label: 'Threads per core', type: integer(1, 64), absent: '1', whyNotLive: atPowerOn },
    dies: {
      label: 'Dies per socket',
      type: integer(1, 64),
      absent: '1',
      when: hasTopology,
      isAdvanced: true,
      help: 'Cores are then counted per die.',
    },
    clusters: {
      label: 'Clusters per die',
      type: integer(1, 64),
      absent: '1',
      when: ({ clusters }) => clusters !== undefined,
      isReadOnly: true,
      isAdvanced: true,
    },
    features: {
      label: 'CPU features',
      type: rows('feature', {
        name: { label: 'Feature', type: hostChoice('cpu-feature'), isRequired: true },
        policy: {
          label: 'Policy',
          type: choice([
            ['require', 'On', 'does not start on a host without it'],
            ['optional', 'On where the host has it'],
            ['disable', 'Off'],
            ['force', 'Always shown', 'even if the host lacks it'],
            ['forbid', 'Off, and not on hosts that have it'],
          ]),
          isRequired: true,
        },
      }),
      absent: 'As the model has them',
      help: 'For hypervisors inside the guest, Intel processors need vmx and AMD ones svm. Nested guests are a preview, not for production.',
      whyNotLive: atPowerOn,
    },
    placement: {
      label: 'Placement',
      type: choice([
        ['static', 'Fixed'],
        ['auto', 'Chosen by the host', 'numad picks the nodes when the VM starts'],
      ]),
      absent: 'Fixed',
      isAdvanced: true,
    },
    cpuset: {
      label: 'Runs on host CPUs',
      type: cpuset,
      absent: 'All',
      when: ({ placement }) => placement !== 'auto',
      help: 'For the whole VM. Single virtual CPUs are pinned on the page for placement and limits.',
      whyNotLive: 'Pin virtual CPUs instead, which works at once.',
    },
    match: {
      label: 'The host must have',
      type: choice([
        ['exact', 'What the model says', 'more is hidden from the guest'],
        ['minimum', 'At least that', 'the guest sees what the host has beyond it'],
        ['strict', 'That and nothing else'],
      ]),
      absent: 'What the model says',
      when: isOwnModel,
      isAdvanced: true,
    },
    check: {
      label: 'Check before the start',
      type: choice([
        ['none', 'None', 'for hypervisors inside the guest that refuse the checked one'],
        ['partial', 'What libvirt knows'],
        ['full', 'Everything', 'the guest must get exactly this'],
      ]),
      absent: 'What libvirt knows',
      isFilledIn: true,
      isAdvanced: true,
    },
    fallback: {
      label: 'If the hypervisor lacks the model',
      type: choice([
        ['allow', 'Use the nearest'],
        ['forbid', 'Do not start'],
      ]),
      absent: 'Use the nearest',
      when: (values) => isOwnModel(values) || values['mode'] === 'host-model',
      isFilledIn: true,
      isAdvanced: true,
    },
    vendor: {
      label: 'Only on processors by',
      type: choice(['Intel', 'AMD', 'Hygon', 'ARM'], { allowsOther: true }),
      absent: 'Any maker',
      when: isOwnModel,
      isAdvanced: true,
    },
    vendorId: {
      label: 'Maker the guest sees',
      type: text({ isMono: true, maxLength: 12 }),
      absent: 'As the model has it',
      when: (values) => isOwnModel(values) || values['mode'] === 'host-model',
      help: 'Exactly twelve characters, such as GenuineIntel.',
      isAdvanced: true,
    },
    migratable: {
      label: 'Only features that can move to another host',
      type: flag,
      absent: 'Yes',
      when: has('mode', 'host-passthrough', 'maximum'),
      isFilledIn: true,
      isAdvanced: true,
    },
    cacheMode: {
      label: 'Processor cache the guest sees',
      type: choice([
        ['passthrough', 'The host’s', 'with the host’s own processor; helps hypervisors inside the guest'],
        ['emulate', 'An emulated one'],
        ['disable', 'None'],
      ]),
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    cacheLevel: {
      label: 'Cache level',
      type: choice([['3', 'Level 3']]),
      when: has('cacheMode', 'emulate'),
      isAdvanced: true,
    },
    physBitsMode: {
      label: 'Width of physical addresses',
      type: choice([
        ['passthrough', 'The host’s'],
        ['emulate', 'A number of bits'],
      ]),
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    physBits: {
      label: 'Address bits',
      type: integer(32, 64, 'bits'),
      when: has('physBitsMode', 'emulate'),
      isRequired: true,
      isAdvanced: true,
    },
    vcpus: {
      label: 'Virtual CPUs one by one',
      type: rows('virtual CPU', {
        id: { label: 'Number', type: integer(0, 65_534), isRequired: true },
        enabled: { label: 'Switched on', type: flag, isRequired: true },
        hotpluggable: { label: 'Can be switched off', type: flag, absent: 'Hypervisor default' },
        order: { label: 'Order of switching on', type: integer(1, 65_535), absent: 'Any' },
      }),
      absent: 'The first ones are switched on',
      isAdvanced: true,
      whyNotLive: 'Change how many are switched on instead, which works at once.',
    },
  },
  groups: [
    { title: '', fields: ['maximum', 'current', 'mode', 'model'] },
    {
      title: 'Topology',
      fields: ['sockets', 'cores', 'threads', 'dies', 'clusters'],
      panel: 'cpu-topology',
    },
    { title: 'Features', fields: ['features'], panel: 'cpu-features' },
    { title: 'Placement', fields: ['placement', 'cpuset'] },
    {
      title: 'How the model is applied',
      fields: ['match', 'check', 'fallback', 'vendor', 'vendorId', 'migratable'],
    },
    { title: 'Cache and addresses', fields: ['cacheMode', 'cacheLevel', 'physBitsMode', 'physBits'] },
    { title: 'Virtual CPUs one by one', fields: ['vcpus'] },
  ],
  title: () => 'Processor',
  summary: ({ maximum, current, mode: chosen, model }) => {
    const count =
      current === undefined || current === maximum ? plain(maximum) : `${plain(current)} of ${plain(maximum)}`
    const made = plain(model) || (chosen === undefined ? '' : inWords(mode, chosen))
    return `${count} virtual CPU${count === '1' ? '' : 's'}${made === '' ? '' : `, ${made}`}`
  },
  check: cpuProblems,
  isMadeFrom: isMadeByHypervisor,
})

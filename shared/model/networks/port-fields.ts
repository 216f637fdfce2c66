import {
  choice,
  flag,
  has,
  integer,
  rows,
  size,
  text,
  uuid,
  type Field,
  type Values,
} from '../hardware/field'
import { isHostBridge, isHostdev, isMacvtap, isOwn, isSwitch, takesLimits, takesVlans } from './modes'

const speed = (label: string): Field => ({
  label,
  type: size(1024, 4_294_967_295 * 1024),
  when: takesLimits,
  absent: 'Unlimited',
})
const column = (label: string): Field => ({
  label,
  type: size(1024, 4_294_967_295 * 1024),
  absent: 'Unlimited',
})

/** "10" or "10, 20": one tag, or several that the guest handles itself. */
const tagList = text({
  maxLength: 400,
  isMono: true,
  form: { pattern: /^\d{1,4}(\s*,\s*\d{1,4})*$/, otherwise: 'Enter tags with commas between' },
})

const of802 = has('portProfile', '802.1Qbg')
const hasProfileId = (values: Values): boolean => isSwitch(values) || values['portProfile'] === '802.1Qbh'

/** Limits, tags and what switches are told about the ports of guests. */
export const portFields = {
  inAverage: { ...speed('To the guests, each second'), help: 'In the long run, for all guests together.' },
  inPeak: { ...speed('To the guests, peak each second'), isAdvanced: true },
  inBurst: { ...speed('To the guests, burst'), isAdvanced: true, help: 'How much may pass at peak speed.' },
  outAverage: speed('From the guests, each second'),
  outPeak: { ...speed('From the guests, peak each second'), isAdvanced: true },
  outBurst: { ...speed('From the guests, burst'), isAdvanced: true },
  vlanTags: {
    label: 'VLAN tags',
    type: rows('tag', {
      id: { label: 'Tag', type: integer(0, 4095), isRequired: true },
      native: {
        label: 'Native',
        type: choice([
          ['tagged', 'Native, sent tagged'],
          ['untagged', 'Native, sent untagged'],
        ]),
        absent: 'No',
      },
    }),
    when: takesVlans,
    absent: 'No VLAN',
  },
  vlanTrunk: {
    label: 'Guests handle the tags themselves (trunk)',
    type: flag,
    when: (values) => takesVlans(values) && values['vlanTags'] !== undefined,
    absent: 'Only with several tags',
  },
  portGroups: {
    label: 'Port groups',
    type: rows('port group', {
      name: {
        label: 'Name',
        type: text({
          maxLength: 100,
          form: { pattern: /^[\w.\-\\:/]+$/, otherwise: 'Use letters, digits, dots and dashes' },
        }),
        isRequired: true,
      },
      default: { label: 'For cards without a group', type: flag, absent: 'No' },
      vlans: { label: 'VLAN tags', type: tagList, absent: 'No VLAN' },
      trunk: { label: 'Trunk', type: flag, absent: 'Only with several tags' },
      inAverage: column('To a guest, each second'),
      inPeak: column('To a guest, peak'),
      inBurst: column('To a guest, burst'),
      outAverage: column('From a guest, each second'),
      outPeak: column('From a guest, peak'),
      outBurst: column('From a guest, burst'),
      profileId: {
        label: 'Port profile',
        type: text({ maxLength: 39 }),
        absent: 'None',
      },
      trustRxFilters: { label: 'Guests may change their MAC filter', type: flag, absent: 'No' },
    }),
    absent: 'None',
    help: 'A card of a VM can name a group and gets its settings.',
    isLive: true,
  },
  portProfile: {
    label: 'Switch protocol',
    type: choice(
      [
        ['802.1Qbg', '802.1Qbg (VEPA)'],
        ['802.1Qbh', '802.1Qbh (VN-Link)'],
      ],
      {
        offeredWhen: (profile, values) => !isHostdev(values) || profile === '802.1Qbh',
      },
    ),
    when: (values) => isMacvtap(values) || isHostdev(values),
    absent: 'None',
    isAdvanced: true,
  },
  profileId: {
    label: 'Port profile',
    type: text({ maxLength: 39 }),
    when: hasProfileId,
    absent: 'None',
    isAdvanced: true,
  },
  interfaceId: {
    label: 'Interface ID',
    type: uuid,
    when: isSwitch,
    absent: 'One for each card',
    isAdvanced: true,
  },
  managerId: { label: 'Manager ID', type: integer(0, 255), when: of802, absent: 'None', isAdvanced: true },
  typeId: { label: 'Type ID', type: integer(0, 16_777_215), when: of802, absent: 'None', isAdvanced: true },
  typeIdVersion: {
    label: 'Type ID version',
    type: integer(0, 255),
    when: of802,
    absent: 'None',
    isAdvanced: true,
  },
  instanceId: { label: 'Instance ID', type: uuid, when: of802, absent: 'None', isAdvanced: true },
  isolatedPorts: {
    label: 'Guests do not reach each other',
    type: flag,
    when: (values) => isOwn(values) || isHostBridge(values),
    absent: 'No',
    isAdvanced: true,
    help: 'Only the host and what is outside.',
  },
  trustRxFilters: {
    label: 'Guests may change their MAC filter',
    type: flag,
    absent: 'No',
    isAdvanced: true,
  },
} satisfies { [field: string]: Field }

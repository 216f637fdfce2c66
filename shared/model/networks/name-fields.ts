import { choice, flag, integer, rows, text, type Field, type Values } from '../hardware/field'
import { addressType } from './forward-fields'
import { isOwn } from './modes'

const dnsName = text({
  maxLength: 253,
  isMono: true,
  form: { pattern: /^[A-Za-z0-9_.-]+$/, otherwise: 'Use letters, digits, dots and dashes' },
})
const answers = (values: Values): boolean => isOwn(values) && values['dns'] !== false
const hasDomain = (values: Values): boolean => isOwn(values) && values['domain'] !== undefined
const small = integer(0, 65_535)

/** What the network's own name server answers; in the order in which libvirt writes it. */
export const nameFields = {
  domain: {
    label: 'Domain',
    type: dnsName,
    when: isOwn,
    absent: 'None',
    help: 'Guests get it by DHCP; their names end in it.',
  },
  domainLocalOnly: {
    label: 'Never ask other servers about it',
    type: flag,
    when: hasDomain,
    absent: 'No',
    isAdvanced: true,
  },
  domainRegister: {
    label: 'The host finds names of the domain',
    type: choice(
      [
        ['yes', 'Yes', 'tells systemd-resolved'],
        ['no', 'No'],
      ],
      { since: { yes: '10.1', no: '10.1' } },
    ),
    when: hasDomain,
    absent: 'No',
    isAdvanced: true,
    help: 'libvirt 10.1 or newer with systemd-resolved.',
  },
  dns: {
    label: 'Answer names (DNS)',
    type: flag,
    when: isOwn,
    absent: 'Yes',
    help: 'Guests find each other by name, and the outside through the host.',
  },
  forwardPlainNames: {
    label: 'Ask other servers about names without a dot',
    type: flag,
    when: answers,
    absent: 'Yes',
    isAdvanced: true,
  },
  forwarders: {
    label: 'Other servers',
    type: rows('server', {
      address: { label: 'Address', type: addressType, absent: 'None: only here' },
      domain: { label: 'For the domain', type: dnsName, absent: 'All' },
    }),
    when: answers,
    absent: 'Those of the host',
    isAdvanced: true,
  },
  srv: {
    label: 'Service records',
    type: rows('record', {
      service: { label: 'Service', type: dnsName, isRequired: true },
      protocol: {
        label: 'Protocol',
        type: choice(
          [
            ['tcp', 'TCP'],
            ['udp', 'UDP'],
          ],
          { allowsOther: true },
        ),
        isRequired: true,
      },
      domain: { label: 'Domain', type: dnsName, absent: 'The network’s' },
      target: { label: 'Server', type: dnsName, absent: 'None' },
      port: { label: 'Port', type: integer(1, 65_535), absent: 'None' },
      priority: { label: 'Priority', type: small, absent: 'None' },
      weight: { label: 'Weight', type: small, absent: 'None' },
    }),
    when: answers,
    absent: 'None',
    isAdvanced: true,
    isLive: true,
  },
  txt: {
    label: 'Text records',
    type: rows('record', {
      name: { label: 'Name', type: dnsName, isRequired: true },
      value: { label: 'Text', type: text({ maxLength: 255 }), isRequired: true },
    }),
    when: answers,
    absent: 'None',
    isAdvanced: true,
    isLive: true,
  },
  dnsHosts: {
    label: 'Names',
    type: rows('entry', {
      ip: { label: 'Address', type: addressType, isRequired: true },
      names: {
        label: 'Names',
        type: text({
          isMono: true,
          form: {
            pattern: /^[A-Za-z0-9_.-]+(\s*,\s*[A-Za-z0-9_.-]+)*$/,
            otherwise: 'Enter names with commas between',
          },
        }),
        isRequired: true,
      },
    }),
    when: answers,
    absent: 'None but those of guests',
    isLive: true,
  },
} satisfies { [field: string]: Field }

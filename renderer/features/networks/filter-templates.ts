/** What a new filter can begin with. Rules and attributes as in libvirt's formatnwfilter page. */
export interface FilterTemplate {
  readonly id: string
  readonly label: string
  readonly note: string
  readonly body: string
}

export const filterTemplates: readonly FilterTemplate[] = [
  {
    id: 'asked',
    label: 'Only what the guest asked for',
    note: 'The guest reaches everything; from outside only answers get in.',
    body: `  <!-- answers to what was let out are let in as well -->
  <rule action='accept' direction='out' priority='500'>
    <all/>
  </rule>
  <rule action='drop' direction='in' priority='1000'>
    <all/>
  </rule>`,
  },
  {
    id: 'server',
    label: 'A server: ssh and web',
    note: 'The same, and new connections to ports 22, 80 and 443 get in.',
    body: `  <rule action='accept' direction='in' priority='400'>
    <tcp dstportstart='22'/>
  </rule>
  <rule action='accept' direction='in' priority='400'>
    <tcp dstportstart='80'/>
  </rule>
  <rule action='accept' direction='in' priority='400'>
    <tcp dstportstart='443'/>
  </rule>
  <rule action='accept' direction='in' priority='400'>
    <icmp/>
  </rule>
  <rule action='accept' direction='out' priority='500'>
    <all/>
  </rule>
  <rule action='drop' direction='in' priority='1000'>
    <all/>
  </rule>`,
  },
  {
    id: 'spoofing',
    label: 'No false addresses',
    note: 'The guest cannot pretend to have another MAC or IP address. Builds on a filter that libvirt brings along.',
    body: `  <filterref filter='clean-traffic'/>`,
  },
  {
    id: 'no-lan',
    label: 'Outside only, no local networks',
    note: 'The guest reaches the internet, and of private networks only what gives it addresses and names.',
    body: `  <!-- addresses (DHCP) and names (DNS) -->
  <rule action='accept' direction='out' priority='300'>
    <udp dstportstart='67'/>
  </rule>
  <rule action='accept' direction='out' priority='300'>
    <udp dstportstart='53'/>
  </rule>
  <rule action='drop' direction='out' priority='400'>
    <all dstipaddr='10.0.0.0' dstipmask='8'/>
  </rule>
  <rule action='drop' direction='out' priority='400'>
    <all dstipaddr='172.16.0.0' dstipmask='12'/>
  </rule>
  <rule action='drop' direction='out' priority='400'>
    <all dstipaddr='192.168.0.0' dstipmask='16'/>
  </rule>
  <rule action='accept' direction='out' priority='500'>
    <all/>
  </rule>
  <rule action='drop' direction='in' priority='1000'>
    <all/>
  </rule>`,
  },
  {
    id: 'empty',
    label: 'Empty',
    note: 'Lets everything pass until rules are written.',
    body: `  <!-- <rule action='drop' direction='in' priority='500'><tcp dstportstart='25'/></rule> -->`,
  },
]

/** `name` has passed `isFilterName`. */
export function filterXml(name: string, body: string): string {
  return `<filter name='${name}' chain='root'>\n${body}\n</filter>\n`
}

/** Also what keeps it from needing quotes in XML. */
export function isFilterName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(name)
}

/** The text of a filter under another name; without its UUID, which is its own. */
export function copiedFilter(xml: string, name: string): string {
  return xml
    .replace(/(<filter\b[^>]*?\bname=)(['"]).*?\2/, `$1'${name}'`)
    .replace(/\n?[ \t]*<uuid>[^<]*<\/uuid>/, '')
}

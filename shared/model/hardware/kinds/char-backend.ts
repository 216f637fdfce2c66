import { choice, flag, has, integer, path, plain, text, type Field, type Values } from '../field'
import { itemsOf, type CheckContext, type Problem } from '../kind'
import { isHostName } from '../ip'

/** What the host's end of a serial line, console or channel is. */
const ends = {
  pty: ['Terminal on the host (pty)', 'the console of this window uses it'],
  unix: ['Unix socket', undefined],
  tcp: ['Network connection (TCP)', undefined],
  udp: ['Network packets (UDP)', undefined],
  file: ['File', 'what the guest writes; made when it is missing'],
  pipe: ['Named pipe', undefined],
  dev: ['Device of the host', 'such as /dev/ttyS0'],
  null: ['Nothing', undefined],
  stdio: ['Standard input and output of the emulator', undefined],
  vc: ['Text screen in the graphics', undefined],
  nmdm: ['Null modem (bhyve)', undefined],
  spicevmc: ['SPICE', undefined],
  spiceport: ['SPICE port', undefined],
  'qemu-vdagent': ['Clipboard and pointer for VNC', 'the emulator plays the SPICE agent’s other end'],
  dbus: ['D-Bus', undefined],
} as const
export type CharEnd = keyof typeof ends

const onSocket = has('type', 'tcp', 'unix')
const connects = (values: Values): boolean => onSocket(values) && values['mode'] === 'connect'
const name = text({ maxLength: 127, isMono: true })
const host = text({ maxLength: 255, isMono: true })
const service = text({ maxLength: 64, isMono: true })
const fixed = 'The emulator opens it at power-on.'

/** Fields of every character device. `isPathMade`: libvirt makes a path where none is given. */
export function charBackend(of: readonly CharEnd[], more: { isPathMade?: boolean } = {}) {
  const field = (
    label: string,
    type: Field['type'],
    when: (values: Values) => boolean,
    rest: Partial<Field> = {},
  ): Field => ({
    label,
    type,
    when,
    ...rest,
  })
  const required = { isRequired: true, whyNotLive: fixed } as const
  return {
    type: {
      label: 'Connected to',
      type: choice(
        of.map((end) => {
          const [label, note] = ends[end]
          return note === undefined ? ([end, label] as const) : ([end, label, note] as const)
        }),
      ),
      isRequired: true,
      whyNotLive: fixed,
    },
    tty: field('Terminal', path, has('type', 'pty'), { isReadOnly: true, absent: 'Opened at power-on' }),
    path: field('Path', path, has('type', 'unix', 'file', 'pipe', 'dev'), {
      whyNotLive: fixed,
      ...(more.isPathMade
        ? { isFilledIn: true, absent: 'Made up by libvirt for a Unix socket' }
        : { isRequired: true }),
    }),
    append: field('Write on at the end', flag, has('type', 'file'), {
      absent: 'No: starts empty at every power-on',
    }),
    mode: field(
      'The VM',
      choice([
        ['bind', 'Waits for a connection'],
        ['connect', 'Connects'],
      ]),
      onSocket,
      required,
    ),
    host: field('Host', host, has('type', 'tcp'), required),
    service: field('Port', service, has('type', 'tcp'), required),
    protocol: field(
      'Protocol',
      choice([
        ['raw', 'Plain bytes'],
        ['telnet', 'Telnet'],
        ['telnets', 'Telnet over TLS'],
        ['tls', 'TLS'],
      ]),
      has('type', 'tcp'),
      { absent: 'Plain bytes' },
    ),
    tls: field('Encrypted (TLS)', flag, has('type', 'tcp'), {
      absent: 'As the host’s qemu.conf says',
      help: 'Needs certificates on the host (chardev_tls in qemu.conf).',
    }),
    reconnect: field('Connect again when lost', flag, connects, { absent: 'No', isAdvanced: true }),
    reconnectSeconds: field(
      'Try again after',
      integer(1, 4_294_967_295, 's'),
      (values) => connects(values) && values['reconnect'] === true,
      { isAdvanced: true, isRequired: true },
    ),
    toHost: field('Sends to', host, has('type', 'udp'), { absent: '127.0.0.1' }),
    toService: field('Port there', service, has('type', 'udp'), required),
    fromHost: field('Receives on', host, has('type', 'udp'), { absent: 'All addresses' }),
    fromService: field('Port here', service, has('type', 'udp'), { absent: 'Any free one' }),
    channel: field('Name of the channel', name, has('type', 'spiceport', 'dbus'), {
      ...required,
      help: 'Viewers find it by this name, such as org.qemu.console.serial.0.',
    }),
    master: field('Guest’s end', path, has('type', 'nmdm'), required),
    slave: field('Host’s end', path, has('type', 'nmdm'), required),
    clipboard: field('Shared clipboard', flag, has('type', 'qemu-vdagent'), { absent: 'No' }),
    mouse: field(
      'Pointer',
      choice([
        ['client', 'Moves freely'],
        ['server', 'Is captured'],
      ]),
      has('type', 'qemu-vdagent'),
      { absent: 'Agreed with the guest' },
    ),
    logFile: {
      label: 'Also write to a file',
      type: path,
      absent: 'No',
      help: 'Everything the guest writes here, for reading later.',
      whyNotLive: fixed,
    },
    logAppend: {
      label: 'Keep what the file has',
      type: flag,
      when: ({ logFile }: Values) => logFile !== undefined,
      absent: 'No: starts empty at every power-on',
    },
  } satisfies { [field: string]: Field }
}

export const charEndFields = [
  'type',
  'path',
  'append',
  'mode',
  'host',
  'service',
  'protocol',
  'tls',
  'toHost',
  'toService',
  'fromHost',
  'fromService',
  'channel',
  'master',
  'slave',
  'clipboard',
  'mouse',
  'tty',
] as const
export const charMoreFields = ['logFile', 'logAppend', 'reconnect', 'reconnectSeconds'] as const

export function charSummary(values: Values): string {
  const of = (field: string): string => plain(values[field])
  const end = ends[of('type') as CharEnd] as readonly [string, ...unknown[]] | undefined
  const where =
    values['type'] === 'tcp'
      ? `${of('host')}:${of('service')}`
      : values['type'] === 'udp'
        ? `${of('toHost')}:${of('toService')}`
        : of('path') || of('tty') || of('channel') || of('master')
  return [end?.[0] ?? of('type'), where].filter(Boolean).join(', ')
}

export function checkChar(values: Values, context: CheckContext): Problem[] {
  const problems: Problem[] = []
  for (const field of ['host', 'toHost', 'fromHost'])
    if (values[field] !== undefined && !isHostName(plain(values[field])))
      problems.push({ severity: 'error', field, message: 'Enter an address or the name of a host' })
  const type = plain(values['type'])
  const hasSpice = itemsOf(context, 'graphics').some((item) => item.values['type'] === 'spice')
  if ((type === 'spicevmc' || type === 'spiceport') && !hasSpice)
    problems.push({
      severity: 'warning',
      field: 'type',
      message: 'This needs SPICE graphics, which the VM does not have: it will not start like this',
      fix: {
        label: 'Add SPICE graphics',
        changes: [
          {
            kind: 'add',
            device: 'graphics',
            values: { type: 'spice', listenType: 'address', listenAddress: '127.0.0.1', autoport: true },
          },
        ],
      },
    })
  if (
    type === 'tcp' &&
    values['mode'] === 'bind' &&
    values['tls'] !== true &&
    /^(0\.0\.0\.0|::)$/.test(plain(values['host']))
  )
    problems.push({
      severity: 'warning',
      field: 'host',
      message:
        'Whoever reaches the host may connect, without a password and unencrypted. Use 127.0.0.1 or TLS',
    })
  return problems
}

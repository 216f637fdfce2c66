/** -serial, -parallel, -chardev and -monitor: where the other end of ports is. */
import { el, type El } from './element'
import { OptionList } from './option-list'
import type { Backend, Import } from './state'

interface End {
  readonly type: string
  readonly content: readonly (El | undefined)[]
}

/** What stands after -serial. Undefined: it has no form here. "none": there is no port. */
function endOf(state: Import, text: string): End | 'none' | undefined {
  const options = OptionList.parse(text)
  const first = options.first ?? ''
  const isServer = options.flag('server') === true
  options.skip('wait', 'nodelay', 'delay')
  if (first === 'none') return 'none'
  if (first === 'null' || first === 'vc') return { type: first, content: [] }
  if (first.startsWith('vc:')) return { type: 'vc', content: [] }
  if (first === 'pty') return { type: 'pty', content: [] }
  if (first === 'stdio' || first === 'mon:stdio') {
    state.tell(
      'A port on QEMU’s own terminal becomes a text console of the window, as the VM runs in the background.',
    )
    return { type: 'pty', content: [] }
  }
  const [kind = '', ...rest] = first.split(':')
  const value = rest.join(':')
  if (kind === 'mon') return endOf(state, value)
  if (kind === 'file') return { type: 'file', content: [el('source', { path: value })] }
  if (kind === 'pipe') return { type: 'pipe', content: [el('source', { path: value })] }
  if (kind === 'unix')
    return { type: 'unix', content: [el('source', { mode: isServer ? 'bind' : 'connect', path: value })] }
  if (kind === 'tcp' || kind === 'telnet') {
    const ends = /^(.*):(\d+)$/.exec(value)
    return ends
      ? {
          type: 'tcp',
          content: [
            el('source', {
              mode: isServer ? 'bind' : 'connect',
              host: ends[1] === '' ? '127.0.0.1' : ends[1],
              service: ends[2],
            }),
            el('protocol', { type: kind === 'telnet' ? 'telnet' : 'raw' }),
          ],
        }
      : undefined
  }
  if (kind === 'udp') {
    const ends = /^([^:@]*):(\d+)(?:@([^:]*):(\d+))?$/.exec(value)
    if (!ends) return undefined
    const [, host, service, local, localPort] = ends
    return {
      type: 'udp',
      content: [
        localPort === undefined
          ? undefined
          : el('source', { mode: 'bind', host: local === '' ? '127.0.0.1' : local, service: localPort }),
        el('source', { mode: 'connect', host: host === '' ? '127.0.0.1' : host, service }),
      ],
    }
  }
  if (first.startsWith('/dev/')) return { type: 'dev', content: [el('source', { path: first })] }
  return undefined
}

/** What stands after -chardev. */
export function endOfChardev(state: Import, { options }: Backend): End | undefined {
  const first = options.first ?? options.get('backend') ?? ''
  options.skip('id', 'mux', 'signal', 'nodelay', 'wait', 'delay', 'backend')
  const path = options.get('path')
  const isServer = options.flag('server') === true
  const log = options.get('logfile')
  const logs = log === undefined ? [] : [el('log', { file: log, append: options.get('logappend') })]
  const ended = (type: string, ...content: readonly (El | undefined)[]): End | undefined =>
    options.unread().length > 0 ? undefined : { type, content: [...content, ...logs] }
  switch (first) {
    case 'null':
    case 'vc':
      options.skip('width', 'height', 'cols', 'rows')
      return ended(first)
    case 'pty':
      return ended('pty')
    case 'stdio':
      state.tell(
        'A port on QEMU’s own terminal becomes a text console of the window, as the VM runs in the background.',
      )
      return ended('pty')
    case 'file':
      return ended('file', el('source', { path }))
    case 'pipe':
      return ended('pipe', el('source', { path }))
    case 'serial':
    case 'tty':
    case 'parallel':
    case 'parport':
      if (first === 'tty' || first === 'parport')
        state.tell(
          `The character device “${first}” is called ${first === 'tty' ? 'serial' : 'parallel'} today.`,
        )
      return ended('dev', el('source', { path }))
    case 'socket': {
      if (path !== undefined)
        return ended('unix', el('source', { mode: isServer ? 'bind' : 'connect', path }))
      const host = options.get('host')
      const service = options.get('port')
      const telnet = options.flag('telnet') === true
      options.skip('ipv4', 'ipv6')
      return ended(
        'tcp',
        el('source', {
          mode: isServer ? 'bind' : 'connect',
          host: host === undefined || host === '' ? '127.0.0.1' : host,
          service,
        }),
        el('protocol', { type: telnet ? 'telnet' : 'raw' }),
      )
    }
    case 'udp':
      return ended(
        'udp',
        options.get('localport') === undefined
          ? undefined
          : el('source', {
              mode: 'bind',
              host: options.get('localaddr') ?? '127.0.0.1',
              service: options.get('localport'),
            }),
        el('source', {
          mode: 'connect',
          host: options.get('host') ?? '127.0.0.1',
          service: options.get('port'),
        }),
      )
    case 'spicevmc':
      options.skip('name', 'debug')
      return ended('spicevmc')
    default:
      return undefined
  }
}

export function portOption(state: Import, option: 'serial' | 'parallel', text: string): void {
  if (text.startsWith('chardev:')) {
    const backend = state.chardevs.get(text.slice('chardev:'.length))
    const end = backend && endOfChardev(state, backend)
    if (!end) return state.keep(`-${option}`, text)
    state.chardevs.delete(text.slice('chardev:'.length))
    state.devices.push(el(option, { type: end.type }, end.content))
    return
  }
  const end = endOf(state, text)
  if (end === 'none') return
  if (!end) return state.keep(`-${option}`, text)
  const count = state.devices.filter(({ name }) => name === option).length
  const most = option === 'serial' ? 4 : 3
  if (count >= most) state.tell(`There are more than ${most} ${option} ports, which a PC does not have.`)
  state.devices.push(el(option, { type: end.type }, end.content))
}

/** The monitor of the one who imports: at a socket it stays, elsewhere Innkeeper's own takes its place. */
export function monitorOption(state: Import, option: string, text: string): void {
  if (/^(unix|tcp|telnet):/.test(text) || (option === '-mon' && !/stdio/.test(text))) state.keep(option, text)
  else state.tell('QEMU’s monitor is found in the window (Monitor), so the one on its terminal is left out.')
}

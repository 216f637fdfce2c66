import { plain, type Values } from '../field'
import { isHostName } from '../ip'
import { itemsOf, type CheckContext, type Problem } from '../kind'

export function checkGraphics(values: Values, context: CheckContext): readonly Problem[] {
  return [
    ...checkPaths(values),
    ...checkPassword(values),
    ...checkListen(values, context),
    ...checkPorts(values),
    ...checkCompany(values, context),
  ]
}

function checkPaths(values: Values): Problem[] {
  const node = values['renderNode']
  return node === undefined || plain(node).startsWith('/')
    ? []
    : [{ severity: 'error', field: 'renderNode', message: 'Enter a path such as /dev/dri/renderD128' }]
}

/** libvirt refuses longer ones, since the protocol uses eight characters of them (virDomainGraphicsDef, RFC 6143 7.2.2). */
function checkPassword(values: Values): Problem[] {
  const problems: Problem[] = []
  const password = values['password']
  if (values['type'] === 'vnc' && typeof password === 'string' && bytesOf(password) > 8)
    problems.push({
      severity: 'error',
      field: 'password',
      message: 'VNC passwords have at most eight characters',
    })
  const until = values['passwordUntil']
  if (until !== undefined && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(plain(until)))
    problems.push({
      severity: 'error',
      field: 'passwordUntil',
      message: 'Enter a date and time such as 2030-01-31T18:00:00',
    })
  if (until !== undefined && password === undefined)
    problems.push({
      severity: 'error',
      field: 'passwordUntil',
      message: 'Without a password there is nothing to run out',
    })
  if (values['type'] === 'vnc' && values['connected'] !== undefined && values['connected'] !== 'keep')
    problems.push({ severity: 'error', field: 'connected', message: 'VNC viewers can only stay connected' })
  return problems
}

/** As UTF-8. */
function bytesOf(words: string): number {
  return encodeURIComponent(words).replaceAll(/%../g, 'x').length
}

const isLoopback = (address: string): boolean => /^(127\.|::1$|localhost$)/.test(address)

function checkListen(values: Values, context: CheckContext): Problem[] {
  const type = plain(values['type'])
  if (type !== 'vnc' && type !== 'spice') return []
  const address = plain(values['listenAddress'])
  if (address !== '' && !isHostName(address))
    return [{ severity: 'error', field: 'listenAddress', message: 'Enter an address or the name of a host' }]
  const isOpen =
    (values['listenType'] === 'address' && address !== '' && !isLoopback(address)) ||
    values['listenType'] === 'network'
  if (
    values['gl'] === true &&
    type === 'spice' &&
    (isOpen || (values['listenType'] === 'address' && address !== ''))
  )
    return [
      {
        severity: 'error',
        field: 'gl',
        message: 'SPICE shows OpenGL only to viewers on the host itself',
        ...fixed(context, 'Listen on nothing', { listenType: 'none' }, [
          'listenAddress',
          'autoport',
          'port',
          'tlsPort',
        ]),
      },
    ]
  if (!isOpen) return []
  const firewall = firewallHint(values)
  const onlyHere = fixed(context, 'Listen on 127.0.0.1', {
    listenType: 'address',
    listenAddress: '127.0.0.1',
  })
  const field = values['listenType'] === 'network' ? 'listenNetwork' : 'listenAddress'
  if (values['password'] === undefined)
    return [
      {
        severity: 'warning',
        field,
        message:
          'Whoever reaches this address sees the screen and may type: there is no password. Listen on 127.0.0.1 and come through ssh, or set one',
        ...onlyHere,
      },
      firewall,
    ]
  return type === 'vnc' || values['defaultMode'] !== 'secure'
    ? [
        {
          severity: 'hint',
          field,
          message: `${type === 'vnc' ? 'VNC' : 'SPICE'} is not encrypted unless TLS is set up for it on the host (qemu.conf). A password alone does not protect what is shown`,
          ...onlyHere,
        },
        firewall,
      ]
    : [firewall]
}

/** Each VM has a port of its own, from 5900 on in the order in which they start. */
function firewallHint({ type, port, tlsPort }: Values): Problem {
  const ports = [port, tlsPort]
    .filter((one) => typeof one === 'number' && one > 0)
    .map(plain)
    .join(' and ')
  const which = ports === '' ? 'a TCP port from 5900 on, another at each start' : `TCP port ${ports}`
  return {
    severity: 'hint',
    field: ports === '' ? 'autoport' : 'port',
    message: `Viewers on other computers come in by ${which}: the host’s firewall has to let it through${type === 'vnc' ? ', such as “firewall-cmd --add-service=vnc-server”' : ''}`,
  }
}

function checkPorts(values: Values): Problem[] {
  const problems: Problem[] = []
  const wrong = (field: string, message: string): void => {
    problems.push({ severity: 'error', field, message })
  }
  if (
    values['type'] === 'vnc' &&
    typeof values['port'] === 'number' &&
    values['port'] > 0 &&
    values['port'] < 5900
  )
    wrong('port', 'VNC ports begin at 5900')
  if (values['autoport'] === false && values['port'] === undefined && values['tlsPort'] === undefined)
    wrong('port', 'Enter a port, or let the host choose any free one')
  if (typeof values['port'] === 'number' && values['port'] > 0 && values['port'] === values['tlsPort'])
    wrong('tlsPort', 'Both ports are the same')
  return problems
}

function checkCompany(values: Values, context: CheckContext): Problem[] {
  const others = itemsOf(context, 'graphics').filter(({ ref }) => ref.key !== context.self?.key)
  const type = plain(values['type'])
  if (others.some((item) => item.values['type'] === type))
    return [{ severity: 'error', field: 'type', message: 'There can be only one of each type' }]
  if (type === 'sdl')
    return [
      {
        severity: 'warning',
        field: 'type',
        message: 'Whoever closes this window on the host ends the VM at once, as if its power was cut',
      },
    ]
  if (type === 'egl-headless' && others.length === 0)
    return [
      {
        severity: 'warning',
        field: 'type',
        message: 'This only draws: add VNC to see it',
        fix: {
          label: 'Add VNC',
          changes: [
            {
              kind: 'add',
              device: 'graphics',
              values: { type: 'vnc', listenType: 'address', listenAddress: '127.0.0.1', autoport: true },
            },
          ],
        },
      },
    ]
  return []
}

function fixed(
  context: CheckContext,
  label: string,
  values: Values,
  unset?: readonly string[],
): Pick<Problem, 'fix'> {
  if (!context.self) return {}
  return {
    fix: {
      label,
      changes: [{ kind: 'set', item: context.self, values, ...(unset === undefined ? {} : { unset }) }],
    },
  }
}

/**
 * Connection URIs and what becomes of them, after libvirt's documentation (https://libvirt.org/uri.html,
 * https://libvirt.org/drvqemu.html and its neighbours) and the rules of its client. `ours` marks where Innkeeper
 * is stricter than libvirt on purpose, with the reason.
 */
export interface AcceptedCase {
  readonly uri: string
  readonly driver: string
  readonly transport: string
  readonly user?: string
  readonly host?: string
  readonly port?: number
  readonly path: string
  readonly params?: Readonly<Record<string, string>>
  /** What the daemon is asked to open. */
  readonly daemon: string
}

export interface RefusedCase {
  readonly uri: string
  /** Part of the message. */
  readonly because: string
  readonly ours?: string
}

const local = (uri: string, driver: string, path: string, daemon = `${driver}://${path}`): AcceptedCase => ({
  uri,
  driver,
  transport: 'unix',
  path,
  daemon,
})

const remote = (
  uri: string,
  transport: string,
  host: string,
  more: Partial<AcceptedCase> = {},
): AcceptedCase => ({
  uri,
  driver: 'qemu',
  transport,
  host,
  path: '/system',
  daemon: 'qemu:///system',
  ...more,
})

const param = (
  query: string,
  params: Readonly<Record<string, string>>,
  daemon = 'qemu:///system',
): AcceptedCase => remote(`qemu+ssh://h/system?${query}`, 'ssh', 'h', { params, daemon })

const tls = (query: string, params: Readonly<Record<string, string>>): AcceptedCase =>
  remote(`qemu+tls://h/system?${query}`, 'tls', 'h', { params })

export const accepted: readonly AcceptedCase[] = [
  // local drivers
  local('qemu:///system', 'qemu', '/system'),
  local('qemu:///session', 'qemu', '/session'),
  local('qemu:/system', 'qemu', '/system'),
  local('qemu+unix:///system', 'qemu', '/system'),
  local('QEMU:///system', 'qemu', '/system'),
  local('qemu+UNIX:///session', 'qemu', '/session'),
  local('xen:///system', 'xen', '/system'),
  local('xen:///', 'xen', '/'),
  local('xen://', 'xen', ''),
  local('xen:/', 'xen', '/'),
  local('lxc:///', 'lxc', '/'),
  local('lxc:///system', 'lxc', '/system'),
  local('lxc://', 'lxc', ''),
  local('test:///default', 'test', '/default'),
  local('test:///path/to/driver/config.xml', 'test', '/path/to/driver/config.xml'),
  local('test+unix:///default', 'test', '/default'),
  local('bhyve:///system', 'bhyve', '/system'),
  local('ch:///system', 'ch', '/system'),
  local('vz:///system', 'vz', '/system'),
  local('vz:///session', 'vz', '/session'),
  local('vbox:///session', 'vbox', '/session'),
  local('network:///system', 'network', '/system'),
  local('storage:///system', 'storage', '/system'),
  local('nodedev:///system', 'nodedev', '/system'),
  local('secret:///session', 'secret', '/session'),
  local('interface:///system', 'interface', '/system'),
  local('nwfilter:///system', 'nwfilter', '/system'),
  local('hyperv:///', 'hyperv', '/'),
  local('vmwareplayer:///session', 'vmwareplayer', '/session'),
  local('vmwarews:///session', 'vmwarews', '/session'),
  local('vmwarefusion:///session', 'vmwarefusion', '/session'),
  {
    ...local('qemu:///embed?root=/some/dir', 'qemu', '/embed', 'qemu:///embed?root=/some/dir'),
    params: { root: '/some/dir' },
  },
  local('  qemu:///system  ', 'qemu', '/system'),
  local('remote:///', 'remote', '/', ''),
  // ssh
  remote('qemu+ssh://host/system', 'ssh', 'host'),
  remote('qemu+ssh://root@host/system', 'ssh', 'host', { user: 'root' }),
  remote('qemu+ssh://root@example.com/system', 'ssh', 'example.com', { user: 'root' }),
  remote('qemu+SSH://Host/system', 'ssh', 'Host'),
  remote('qemu+ssh://host:2222/system', 'ssh', 'host', { port: 2222 }),
  remote('qemu+ssh://tux@host:22/session', 'ssh', 'host', {
    user: 'tux',
    port: 22,
    path: '/session',
    daemon: 'qemu:///session',
  }),
  remote('qemu+ssh://a%40b@host/system', 'ssh', 'host', { user: 'a@b' }),
  remote('qemu+ssh://user%20name@host/system', 'ssh', 'host', { user: 'user name' }),
  remote('qemu+ssh://192.0.2.7/system', 'ssh', '192.0.2.7'),
  remote('qemu+ssh://[2001:db8::1]/system', 'ssh', '2001:db8::1'),
  remote('qemu+ssh://root@[2001:db8::1]:2222/system', 'ssh', '2001:db8::1', { user: 'root', port: 2222 }),
  remote('qemu+ssh://[::1]/system', 'ssh', '::1'),
  remote('qemu+ssh://[fe80::1%25eth0]/system', 'ssh', 'fe80::1%eth0'),
  remote('qemu+ssh://under_score.example.com/system', 'ssh', 'under_score.example.com'),
  remote('qemu+libssh://host/system', 'libssh', 'host'),
  remote('qemu+libssh2://host/system', 'libssh2', 'host'),
  remote('qemu+libssh2://root@host:2200/system', 'libssh2', 'host', { user: 'root', port: 2200 }),
  remote('xen+ssh://tux@host/', 'ssh', 'host', { driver: 'xen', user: 'tux', path: '/', daemon: 'xen:///' }),
  remote('xen+ssh://host/system', 'ssh', 'host', { driver: 'xen', daemon: 'xen:///system' }),
  remote('lxc+ssh://root@host/', 'ssh', 'host', {
    driver: 'lxc',
    user: 'root',
    path: '/',
    daemon: 'lxc:///',
  }),
  remote('test+ssh://host/default', 'ssh', 'host', {
    driver: 'test',
    path: '/default',
    daemon: 'test:///default',
  }),
  remote('remote+ssh://host/', 'ssh', 'host', { driver: 'remote', path: '/', daemon: '' }),
  { uri: 'qemu+ssh:///system', driver: 'qemu', transport: 'ssh', path: '/system', daemon: 'qemu:///system' },
  // tls and tcp
  remote('qemu://host/system', 'tls', 'host'),
  remote('qemu+tls://host/system', 'tls', 'host'),
  remote('qemu+tls://host:16515/system', 'tls', 'host', { port: 16_515 }),
  remote('xen+tls://host/system', 'tls', 'host', { driver: 'xen', daemon: 'xen:///system' }),
  remote('xen://server/', 'tls', 'server', { driver: 'xen', path: '/', daemon: 'xen:///' }),
  remote('qemu+tcp://host/system', 'tcp', 'host'),
  remote('qemu+tcp://localhost:5000/system', 'tcp', 'localhost', { port: 5000 }),
  remote('lxc+tls://host/', 'tls', 'host', { driver: 'lxc', path: '/', daemon: 'lxc:///' }),
  remote('remote://host/', 'tls', 'host', { driver: 'remote', path: '/', daemon: '' }),
  remote('test+tcp://localhost:5000/default', 'tcp', 'localhost', {
    driver: 'test',
    port: 5000,
    path: '/default',
    daemon: 'test:///default',
  }),
  remote('esx://vcenter/dc/cluster/host', 'tls', 'vcenter', {
    driver: 'esx',
    path: '/dc/cluster/host',
    daemon: 'esx:///dc/cluster/host',
  }),
  remote('vpx://user@vcenter/dc/host', 'tls', 'vcenter', {
    driver: 'vpx',
    user: 'user',
    path: '/dc/host',
    daemon: 'vpx:///dc/host',
  }),
  // ext
  {
    uri: 'qemu+ext:///system?command=/opt/tunnel',
    driver: 'qemu',
    transport: 'ext',
    path: '/system',
    params: { command: '/opt/tunnel' },
    daemon: 'qemu:///system',
  },
  // what the client takes for itself
  param('socket=/opt/run/libvirt-sock', { socket: '/opt/run/libvirt-sock' }),
  param('socket=%2Fopt%2Frun%2Fa%20b', { socket: '/opt/run/a b' }),
  param('netcat=/opt/netcat/bin/nc', { netcat: '/opt/netcat/bin/nc' }),
  param('command=/opt/openssh/bin/ssh', { command: '/opt/openssh/bin/ssh' }),
  param('keyfile=/root/.ssh/example_key', { keyfile: '/root/.ssh/example_key' }),
  param('no_verify=1', { no_verify: '1' }),
  param('no_verify=0', { no_verify: '0' }),
  param('no_verify=-1', { no_verify: '-1' }),
  param('no_tty=1', { no_tty: '1' }),
  param('sshauth=privkey,agent', { sshauth: 'privkey,agent' }),
  param('known_hosts=/root/.ssh/known_hosts', { known_hosts: '/root/.ssh/known_hosts' }),
  param('known_hosts_verify=normal', { known_hosts_verify: 'normal' }),
  param('known_hosts_verify=auto', { known_hosts_verify: 'auto' }),
  param('known_hosts_verify=ignore', { known_hosts_verify: 'ignore' }),
  param('mode=auto', { mode: 'auto' }),
  param('mode=legacy', { mode: 'legacy' }),
  param('mode=direct&socket=/run/x', { mode: 'direct', socket: '/run/x' }),
  param('proxy=auto', { proxy: 'auto' }),
  param('proxy=netcat', { proxy: 'netcat' }),
  param('proxy=native', { proxy: 'native' }),
  param('proxy=netcat&netcat=nc', { proxy: 'netcat', netcat: 'nc' }),
  param('auth=sasl', { auth: 'sasl' }),
  param('auth=sasl.digest-md5', { auth: 'sasl.digest-md5' }),
  param('auth=polkit', { auth: 'polkit' }),
  param('authfile=/etc/libvirt/auth.conf', { authfile: '/etc/libvirt/auth.conf' }),
  param('name=qemu:///session', { name: 'qemu:///session' }, 'qemu:///session'),
  param('name=', { name: '' }, ''),
  tls('pkipath=/tmp/pki/client', { pkipath: '/tmp/pki/client' }),
  tls('tls_priority=SECURE256', { tls_priority: 'SECURE256' }),
  tls('tls_priority=NORMAL:-VERS-SSL3.0', { tls_priority: 'NORMAL:-VERS-SSL3.0' }),
  tls('no_verify=1', { no_verify: '1' }),
  tls('no_sanity=1', { no_sanity: '1' }),
  {
    ...local('qemu:///system?mode=direct', 'qemu', '/system', 'qemu:///system'),
    params: { mode: 'direct' },
  },
  {
    ...local('qemu:///system?socket=/run/libvirt/virtqemud-sock', 'qemu', '/system', 'qemu:///system'),
    params: { socket: '/run/libvirt/virtqemud-sock' },
  },
  // how parameters are read
  param('NETCAT=nc', { netcat: 'nc' }),
  param('No_Verify=1', { no_verify: '1' }),
  param('netcat=a&netcat=b', { netcat: 'b' }),
  param('netcat=a;socket=b', { netcat: 'a', socket: 'b' }),
  param('netcat=a;b&socket=c', { netcat: 'a;b', socket: 'c' }),
  param('netcat=a&socket=b;keyfile=c', { netcat: 'a', socket: 'b', keyfile: 'c' }),
  param('=value&netcat=a', { netcat: 'a' }),
  param('netcat=a=b', { netcat: 'a=b' }),
  param('netcat=a+b', { netcat: 'a+b' }),
  param('&&netcat=a&', { netcat: 'a' }),
  param('n%65tcat=a', { netcat: 'a' }),
  param('', {}),
  // what is the daemon's
  param('param1=foo', { param1: 'foo' }, 'qemu:///system?param1=foo'),
  param('b=2&a=1', { b: '2', a: '1' }, 'qemu:///system?b=2&a=1'),
  param('Param=Foo', { Param: 'Foo' }, 'qemu:///system?Param=Foo'),
  param('flag', { flag: '' }, 'qemu:///system?flag='),
  param('x=a%26b', { x: 'a&b' }, 'qemu:///system?x=a%26b'),
  param('netcat=nc&x=1', { netcat: 'nc', x: '1' }, 'qemu:///system?x=1'),
  param('x=1#part', { x: '1' }, 'qemu:///system?x=1#part'),
  remote('qemu+ssh://h/system#part', 'ssh', 'h', { daemon: 'qemu:///system#part' }),
]

export const refused: readonly RefusedCase[] = [
  { uri: '', because: 'empty', ours: 'An empty URI is resolved by the default before it comes here.' },
  { uri: 'qemu', because: 'not a connection URI' },
  { uri: 'just-a-name', because: 'not a connection URI' },
  { uri: '://host/system', because: 'not a connection URI' },
  { uri: '//host/system', because: 'not a connection URI' },
  { uri: '/system', because: 'not a connection URI' },
  { uri: '1qemu:///system', because: 'not a connection URI' },
  { uri: 'qemu system', because: 'space or control character' },
  { uri: 'qemu:///sys tem', because: 'space or control character' },
  { uri: 'qemu+ssh://ho st/system', because: 'space or control character' },
  { uri: 'qemu+ssh//host', because: 'not a connection URI' },
  { uri: 'qemu+carrier-pigeon://h/system', because: 'not a connection URI' },
  { uri: 'qemu+pigeon://h/system', because: 'not a known transport' },
  { uri: 'qemu+ssh3://h/system', because: 'not a known transport' },
  { uri: 'qemu+://h/system', because: 'not a known transport' },
  { uri: 'qemu+unix://h/system', because: 'cannot name a host' },
  { uri: 'qemu+ssh://[2001:db8::1/system', because: 'not a host name or address' },
  { uri: 'qemu+ssh://2001:db8::1/system', because: 'not a host name or address' },
  { uri: 'qemu+ssh://a@b@host/system', because: 'not a host name or address' },
  { uri: 'qemu+ssh://host:/system', because: 'not a host name or address' },
  { uri: 'qemu+ssh://h:port/system', because: 'not a host name or address' },
  { uri: 'qemu+ssh://h:-1/system', because: 'not a host name or address' },
  { uri: 'qemu+ssh://h:99999/system', because: 'not a port', ours: 'Such a port cannot exist.' },
  { uri: 'qemu+ssh://h:0/system', because: 'not a port', ours: 'libvirt takes it for no port.' },
  {
    uri: 'qemu+ssh://-oProxyCommand=x/system',
    because: 'cannot begin with "-"',
    ours: 'A program could take such a name for an option.',
  },
  {
    uri: 'qemu+ssh://-l@h/system',
    because: 'cannot begin with "-"',
    ours: 'A program could take such a name for an option.',
  },
  { uri: 'qemu+ssh://@h/system', because: 'empty', ours: 'Nobody has an empty name.' },
  { uri: 'qemu+ssh://h%0a/system', because: 'control character', ours: 'It could break out of a command.' },
  { uri: 'qemu+ssh://h/sys%00tem', because: 'control character', ours: 'It would end the text in C.' },
  {
    uri: 'qemu+ssh://h/system?netcat=a%0Ab',
    because: 'control character',
    ours: 'It could break out of a command.',
  },
  { uri: 'qemu+ssh://h/system?x=%zz', because: 'broken % escape' },
  { uri: 'qemu+tls://h/system?no_verify=yes', because: 'which is no number' },
  { uri: 'qemu+tls://h/system?no_verify=', because: 'which is no number' },
  { uri: 'qemu+tls://h/system?no_verify', because: 'which is no number' },
  { uri: 'qemu+tls://h/system?no_sanity=true', because: 'which is no number' },
  { uri: 'qemu+ssh://h/system?no_tty=1x', because: 'which is no number' },
  { uri: 'qemu+ssh://h/system?mode=fast', because: 'not a value of mode' },
  { uri: 'qemu+ssh://h/system?mode=', because: 'not a value of mode' },
  { uri: 'qemu+ssh://h/system?proxy=socks', because: 'not a value of proxy' },
  { uri: 'qemu+ssh://h/system?mode=direct', because: 'needs the daemon’s socket' },
  { uri: 'qemu+ssh://h/system?proxy=native&netcat=nc', because: 'rule each other out' },
  { uri: 'qemu+libssh2://h/system?known_hosts_verify=maybe', because: 'not a value of known_hosts_verify' },
  {
    uri: 'qemu+ssh://h/system?known_hosts_verify=maybe',
    because: 'not a value of known_hosts_verify',
    ours: 'libvirt leaves the check to libssh; our ssh has it for every ssh transport.',
  },
  { uri: 'qemu+ext:///system', because: 'needs the program to run' },
  {
    uri: 'qemu+tcp://h/system?auth=kerberos',
    because: 'not a way to sign in',
    ours: 'libvirt finds out only when it signs in.',
  },
]

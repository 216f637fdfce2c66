import { describe, expect, it } from 'vitest'
import { parseHostUri } from '../../../shared/model/host-uri'
import {
  changeField,
  changeUri,
  emptyForm,
  formOf,
  sessionRefusal,
  splitAddress,
  userRefusal,
  usesSsh,
  validate,
} from './host-form'

describe('the fields write the URI', () => {
  it('over SSH with all parts', () => {
    const form = changeField(emptyForm, { user: 'root', address: 'lab.example', port: '2222' })
    expect(form.uri).toBe('qemu+ssh://root@lab.example:2222/system')
    expect(validate(form)).toBeUndefined()
  })

  it('with an IPv6 address in brackets and an odd user name escaped', () => {
    expect(changeField(emptyForm, { user: 'DOM\\me', address: 'fe80::1' }).uri).toBe(
      'qemu+ssh://DOM%5Cme@[fe80::1]/system',
    )
  })

  it('over TLS with a certificate folder, without the user a TLS server does not read', () => {
    const form = changeField(emptyForm, { transport: 'tls', address: 'h', port: '1234', user: 'root' })
    expect(form.uri).toBe('qemu+tls://h:1234/system')
    expect(changeField(form, { pkiPath: '/etc/my pki', noVerify: true }).uri).toBe(
      'qemu+tls://h:1234/system?pkipath=/etc/my%20pki&no_verify=1',
    )
    expect(changeField(form, { transport: 'ssh' }).uri).toBe('qemu+ssh://root@h:1234/system')
  })

  it('for each hypervisor on this computer', () => {
    const local = changeField(emptyForm, { place: 'local' })
    expect(local.uri).toBe('qemu:///system')
    expect(changeField(local, { hypervisor: 'xen' }).uri).toBe('xen:///system')
    expect(changeField(local, { hypervisor: 'lxc' }).uri).toBe('lxc:///system')
    expect(changeField(local, { hypervisor: 'test' }).uri).toBe('test:///default')
    expect(changeField(changeField(local, { hypervisor: 'test' }), { hypervisor: 'qemu' }).uri).toBe(
      'qemu:///system',
    )
    expect(changeField(local, { path: '/session' }).uri).toBe('qemu:///session')
  })

  it('and leave it empty while the host is missing', () => {
    expect(changeField(emptyForm, { user: 'root' }).uri).toBe('')
  })

  it('from what people paste into the host field', () => {
    const uriFor = (address: string): string => changeField(emptyForm, { address }).uri
    expect(uriFor('lab:2222')).toBe('qemu+ssh://lab:2222/system')
    expect(uriFor('root@lab')).toBe('qemu+ssh://root@lab/system')
    expect(uriFor('root@[fe80::1]:22')).toBe('qemu+ssh://root@[fe80::1]:22/system')
    expect(uriFor('[fe80::1]')).toBe('qemu+ssh://[fe80::1]/system')
    expect(changeField(emptyForm, { address: 'xen+tls://h/system' })).toMatchObject({
      hypervisor: 'xen',
      transport: 'tls',
      address: 'h',
    })
    expect(splitAddress({ user: 'me', address: 'root@lab:1', port: '2' })).toEqual({
      user: 'me',
      host: 'lab',
      port: '2',
    })
  })
})

describe('the URI fills the fields', () => {
  it('for SSH', () => {
    expect(changeUri(emptyForm, 'xen+ssh://me@[fe80::1]:99/system')).toMatchObject({
      hypervisor: 'xen',
      place: 'remote',
      transport: 'ssh',
      user: 'me',
      address: 'fe80::1',
      port: '99',
      path: '/system',
    })
  })

  it('for TLS, which is also what a host without a transport means', () => {
    expect(
      changeUri(emptyForm, 'qemu+tls://h:1234/system?pkipath=/x&no_verify=1&tls_priority=SECURE'),
    ).toMatchObject({
      transport: 'tls',
      address: 'h',
      port: '1234',
      pkiPath: '/x',
      noVerify: true,
      params: [{ name: 'tls_priority', value: 'SECURE' }],
    })
    expect(changeUri(emptyForm, 'qemu://h/system').transport).toBe('tls')
  })

  it('for this computer and its user session', () => {
    expect(changeUri(emptyForm, 'qemu:///session')).toMatchObject({ place: 'local', path: '/session' })
    expect(changeUri(emptyForm, 'test:///default')).toMatchObject({ hypervisor: 'test', path: '/default' })
  })

  it('and half a URI leaves them as they are', () => {
    const form = changeField(emptyForm, { address: 'lab', user: 'root' })
    const half = changeUri(form, 'qemu+ss')
    expect(half).toMatchObject({ uri: 'qemu+ss', address: 'lab', user: 'root' })
    expect(changeField(half, { port: '22' }).uri).toBe('qemu+ssh://root@lab:22/system')
  })

  it('and a driver the fields do not know is left to the URI', () => {
    const form = changeUri(emptyForm, 'bhyve+ssh://h/system')
    expect(form.hypervisor).toBe('custom')
    expect(validate(form)).toBeUndefined()
    expect(changeField(form, { hypervisor: 'custom' }).uri).toBe('bhyve+ssh://h/system')
  })
})

const roundTrips = [
  'qemu:///system',
  'qemu:///session',
  'xen:///system',
  'lxc:///system',
  'lxc:///',
  'test:///default',
  'test:///some/dir/node.xml',
  'qemu:///system?socket=/run/custom/libvirt-sock',
  'qemu:///system?mode=direct',
  'qemu:///session?socket=/run/user/1000/libvirt/virtqemud-sock&mode=legacy',
  'qemu:///embed?root=/some/dir',
  'qemu+ssh://h/system',
  'qemu+ssh://root@h/system',
  'qemu+ssh://root@h:2222/system',
  'qemu+ssh://me%40corp@h/system',
  'qemu+ssh://DOM%5Cme@h/session',
  'qemu+ssh://[::1]/system',
  'qemu+ssh://me@[2001:db8::7]:22/system',
  'qemu+ssh://h/system?netcat=/opt/bin/nc&socket=/x%20y',
  'qemu+ssh://h/system?keyfile=/k&no_tty=1&no_verify=1',
  'qemu+ssh://h/system?proxy=native',
  'qemu+ssh://h/system?command=/usr/bin/myssh',
  'qemu+ssh://h/system?name=qemu%3A%2F%2F%2Fsession',
  'qemu+ssh://h/system?unknown=a%26b%3Dc&unknown=second',
  'qemu+ssh://h/system?empty',
  'xen+ssh://h/system',
  'lxc+ssh://h/system',
  'test+ssh://h/default',
  'qemu+libssh://h/system?sshauth=agent,password',
  'qemu+libssh2://root@h:22/system?known_hosts=/k',
  'qemu+ext://h/system?command=/bin/x',
  'qemu+tls://h/system',
  'qemu+tls://h:16514/system',
  'qemu+tls://h/system?pkipath=/tmp/pki',
  'qemu+tls://h/system?no_verify=1',
  'qemu+tls://h/system?pkipath=/tmp/pki&no_verify=1&tls_priority=NORMAL%3A-VERS-ALL',
  'xen+tls://h/system?no_sanity=1',
  'qemu+tcp://h/system',
  'qemu+tcp://h:1/system?auth=sasl.SCRAM-SHA-256',
  'qemu+tcp://[fe80::1]:16509/system',
]

it.each(roundTrips)('%s fills the fields, and they write an equal URI', (uri) => {
  const form = formOf(uri)
  expect(form.uri).toBe(uri)
  expect(validate(form)).toBeUndefined()
  // the form writes the URI anew once any field is touched
  const written = changeField(form, { port: form.port }).uri
  expect(parseHostUri(written)).toEqual(parseHostUri(uri))
})

describe('what a choice rules out', () => {
  it('is a session for hypervisors that have none and over network ports, and it says why', () => {
    expect(sessionRefusal(formOf('qemu:///system'))).toBeUndefined()
    expect(sessionRefusal(formOf('qemu+ssh://h/system'))).toBeUndefined()
    expect(sessionRefusal(formOf('xen:///system'))).toBe('Only QEMU/KVM has user sessions')
    expect(sessionRefusal(formOf('qemu+tls://h/system'))).toMatch(/only SSH reaches it/)
  })

  it('goes back to the system when the session is no longer possible', () => {
    const session = formOf('qemu+ssh://h/session')
    expect(changeField(session, { transport: 'tls' }).uri).toBe('qemu+tls://h/system')
    expect(changeField(session, { hypervisor: 'xen' }).uri).toBe('xen+ssh://h/system')
  })

  it('is the user name where the server asks for one itself', () => {
    expect(userRefusal(formOf('qemu+tls://h/system'))).toMatch(/asks for it/)
    expect(userRefusal(formOf('qemu+tcp://h/system'))).toMatch(/asks for it/)
    expect(userRefusal(formOf('qemu+ssh://h/system'))).toBeUndefined()
  })
})

it('takes a private key for every way that goes over SSH', () => {
  expect(usesSsh(emptyForm)).toBe(true)
  expect(usesSsh(formOf('qemu+ssh://h/system?socket=/x'))).toBe(true)
  expect(usesSsh(formOf('bhyve+libssh2://h/system'))).toBe(true)
  expect(usesSsh(formOf('qemu+tls://h/system'))).toBe(false)
  expect(usesSsh(changeField(emptyForm, { place: 'local' }))).toBe(false)
})

describe('problems', () => {
  it('are told at the field they belong to', () => {
    expect(validate(emptyForm)).toEqual({ field: 'address', message: 'Enter the host’s name or address' })
    expect(validate(changeField(emptyForm, { address: 'h', port: '70000' }))?.field).toBe('port')
    expect(validate(changeField(emptyForm, { address: 'h', port: 'ssh' }))?.field).toBe('port')
    expect(validate(changeField(emptyForm, { address: 'h:99999' }))?.field).toBe('port')
    expect(validate(changeUri(emptyForm, 'not a uri'))).toMatchObject({ field: 'uri' })
    expect(validate(changeField(emptyForm, { address: '-oProxyCommand=x' }))?.field).toBe('uri')
    const form = changeField(emptyForm, { address: 'h', params: [{ name: '', value: 'x' }] })
    expect(validate(form)?.field).toBe('params')
  })

  it('do not keep anybody from a URI libvirt reads without a host', () => {
    expect(validate(formOf('qemu+ssh:///system'))).toBeUndefined()
  })
})

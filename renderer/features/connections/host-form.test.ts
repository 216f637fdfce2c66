import { describe, expect, it } from 'vitest'
import { changeField, changeUri, emptyForm, usesSsh, validate } from './host-form'

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

  it('for this computer, whose user session is always QEMU', () => {
    const xen = changeField(emptyForm, { kind: 'local-system', driver: 'xen' })
    expect(xen.uri).toBe('xen:///system')
    expect(changeField(xen, { kind: 'local-session' })).toMatchObject({
      driver: 'qemu',
      uri: 'qemu:///session',
    })
  })
})

describe('the URI fills the fields', () => {
  it('when they can express it', () => {
    expect(changeUri(emptyForm, 'xen+ssh://me@[fe80::1]:99/system')).toMatchObject({
      kind: 'ssh',
      driver: 'xen',
      user: 'me',
      address: 'fe80::1',
      port: '99',
    })
    expect(changeUri(emptyForm, 'qemu:///session').kind).toBe('local-session')
  })

  it('and stays as typed when they cannot', () => {
    for (const uri of [
      'qemu+tls://h/system',
      'qemu+ssh://h/system?socket=/x',
      'test:///default',
      'qemu+ss',
    ]) {
      expect(changeUri(emptyForm, uri)).toMatchObject({ kind: 'other', uri })
    }
  })

  it('and back gives the same URI', () => {
    for (const uri of ['qemu+ssh://root@h:22/system', 'lxc:///system', 'qemu+ssh://[::1]/system']) {
      expect(changeField(changeUri(emptyForm, uri), {}).uri).toBe(uri)
    }
  })
})

it('takes a private key for every way that goes over SSH', () => {
  expect(usesSsh(emptyForm)).toBe(true)
  expect(usesSsh(changeUri(emptyForm, 'qemu+ssh://h/system?socket=/x'))).toBe(true)
  expect(usesSsh(changeUri(emptyForm, 'qemu+tls://h/system'))).toBe(false)
  expect(usesSsh(changeField(emptyForm, { kind: 'local-system' }))).toBe(false)
})

describe('problems', () => {
  it('are told at the field they belong to', () => {
    expect(validate(emptyForm)?.field).toBe('address')
    expect(validate(changeField(emptyForm, { address: 'h', port: '70000' }))?.field).toBe('port')
    expect(validate(changeField(emptyForm, { address: 'h', port: 'ssh' }))?.field).toBe('port')
    expect(validate(changeUri(emptyForm, 'not a uri'))).toMatchObject({ field: 'uri' })
    expect(validate(changeField(emptyForm, { address: '-oProxyCommand=x' }))?.field).toBe('uri')
  })
})

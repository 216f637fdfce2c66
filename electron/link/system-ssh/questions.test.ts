import { describe, expect, it } from 'vitest'
import { promptFor, type AskedBefore, type AskedFor } from './questions'

const target: AskedFor = { hosts: ['web', '10.0.0.5'], user: 'maria', address: '[web]:2222' }
const first: AskedBefore = { isRetry: false, said: '', keyTypeOf: () => undefined }

const authenticity = (type: string): string =>
  [
    `The authenticity of host '[10.0.0.5]:2222 ([10.0.0.5]:2222)' can't be established.`,
    `${type} key fingerprint is SHA256:abc/DEF+1.`,
    'This key is not known by any other names.',
    'Are you sure you want to continue connecting (yes/no/[fingerprint])? ',
  ].join('\n')

describe('what ssh asks', () => {
  it.each([
    ["maria@web's password: ", 'maria', '[web]:2222'],
    ["maria@10.0.0.5's password: ", 'maria', '[web]:2222'],
    ["bob@jump.example.com's password: ", 'bob', 'jump.example.com'],
    ["dom\\user@web's password: ", 'dom\\user', '[web]:2222'],
    ['(maria@web) Password: ', 'maria', '[web]:2222'],
    ['(bob@jump) Password:', 'bob', 'jump'],
    ['Password: ', 'maria', '[web]:2222'],
    ['(maria@web) Password for maria@EXAMPLE.COM: ', 'maria', '[web]:2222'],
    ["(maria@web) maria@web's password: ", 'maria', '[web]:2222'],
  ])('%s is a question for a password', (text, user, address) => {
    expect(promptFor(text, target, first)).toEqual({ kind: 'password', user, address, isRetry: false })
  })

  it.each([
    ["Enter passphrase for key '/home/m/.ssh/id_ed25519': ", '/home/m/.ssh/id_ed25519'],
    ["Enter passphrase for key '/home/it's mine/key': ", "/home/it's mine/key"],
    ['Enter passphrase for /old/key: ', '/old/key'],
    ["Enter passphrase for PEM '/old/pem': ", '/old/pem'],
  ])('%s is a question for a passphrase', (text, keyFile) => {
    expect(promptFor(text, target, { ...first, isRetry: true })).toEqual({
      kind: 'passphrase',
      keyFile,
      isRetry: true,
    })
  })

  it.each([
    ['ED25519', 'ssh-ed25519'],
    ['RSA', 'ssh-rsa'],
    ['ECDSA', 'ECDSA'],
    ['ED25519-SK', 'sk-ssh-ed25519@openssh.com'],
  ])('an unknown host key of type %s is shown as %s', (shown, keyType) => {
    expect(promptFor(authenticity(shown), target, first)).toEqual({
      kind: 'host-key',
      address: '[10.0.0.5]:2222',
      keyType,
      fingerprint: 'SHA256:abc/DEF+1',
    })
  })

  it('the type of a host key is that of the protocol where it is known', () => {
    const keyTypeOf = (print: string): string | undefined =>
      print === 'SHA256:abc/DEF+1' ? 'ecdsa-sha2-nistp384' : undefined
    expect(promptFor(authenticity('ECDSA'), target, { ...first, keyTypeOf })).toMatchObject({
      keyType: 'ecdsa-sha2-nistp384',
    })
  })

  it('a host key without port is named as it is', () => {
    const text = authenticity('RSA').replaceAll('[10.0.0.5]:2222', 'web')
    expect(promptFor(text, target, first)).toMatchObject({ kind: 'host-key', address: 'web' })
  })

  it.each([
    ['(maria@web) Verification code: ', 'Verification code:', true, 'ssh asks'],
    [
      'Enter PIN for ED25519-SK key /home/m/.ssh/id_sk: ',
      undefined,
      true,
      'PIN of a security key or smart card',
    ],
    ["Enter PIN for 'Token (User)': ", undefined, true, 'PIN of a security key or smart card'],
    ["Enter maria@web's new password: ", undefined, true, 'ssh asks for a password'],
    ['Accept updated hostkeys? (yes/no): ', undefined, false, 'ssh asks for a confirmation'],
    ["Please type 'yes', 'no' or the fingerprint: ", undefined, false, 'ssh asks for a confirmation'],
    ['Quelle est votre couleur ? ', undefined, true, 'ssh asks'],
    ['', 'ssh asks for an answer', true, 'ssh asks'],
  ])('%s is shown as it is', (text, shown, isSecret, title) => {
    expect(promptFor(text, target, first)).toEqual({
      kind: 'questions',
      user: 'maria',
      address: '[web]:2222',
      title,
      instructions: '',
      questions: [{ text: shown ?? text.trim(), isSecret }],
    })
  })

  it('many lines become instructions and one question, after what the host said before', () => {
    const text = '(maria@web) Choose a way\n 1. Push\n 2. Call\n\nPasscode or option (1-2): '
    expect(promptFor(text, target, { ...first, said: 'Two factors', isRetry: true })).toMatchObject({
      instructions: 'Two factors\nChoose a way\n 1. Push\n 2. Call\n\nThe last answer was not accepted.',
      questions: [{ text: 'Passcode or option (1-2):', isSecret: true }],
    })
  })
})

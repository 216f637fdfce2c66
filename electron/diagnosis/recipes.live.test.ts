import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:tls'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recipeById } from '../../shared/recipes/recipes'
import { startOwnLibvirtd } from './testing/own-libvirtd'
import { allVariants, commandWith, fileOf, stepsOf, usualValues, within } from './testing/recipe-scripts'
import { followTlsRecipes, type RecipePki } from './testing/recipe-pki'

let pki: RecipePki
beforeAll(async () => {
  pki = await followTlsRecipes('localhost')
})
afterAll(() => pki.remove())

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8)

describe('the TLS recipes', () => {
  it('make a server certificate that openssl takes for the host, and one for clients', () => {
    const verify = (purpose: string, file: string): string =>
      pki.run(
        `openssl verify -CAfile cacert.pem -purpose ${purpose} -verify_hostname localhost ${file}cert.pem`,
      )
    expect(verify('sslserver', 'server')).toContain('servercert.pem: OK')
    expect(pki.run('openssl verify -CAfile cacert.pem -purpose sslclient clientcert.pem')).toContain('OK')
    expect(() => verify('sslclient', 'server')).toThrow(/purpose/)
  })

  it('put the files where libvirt looks, with the rights of the permissions recipe', () => {
    const at = (path: string): string => mode(join(pki.root, 'etc/pki', path))
    expect([at('CA/cacert.pem'), at('libvirt/servercert.pem')]).toEqual(['644', '644'])
    expect([at('libvirt/private'), at('libvirt/private/serverkey.pem')]).toEqual(['700', '600'])
    expect([mode(pki.own), mode(join(pki.own, 'clientkey.pem'))]).toEqual(['700', '600'])
  })

  it('lead to a libvirtd that virsh reaches by TLS', async () => {
    const daemon = await startOwnLibvirtd({ transport: 'tls', settings: await settings('auth_tls = "none"') })
    try {
      const list = pki.run(
        `virsh -c 'test+tls://localhost:${daemon.port}/default?pkipath=${pki.own}' list --all`,
      )
      expect(list).toContain('test')
    } finally {
      await daemon.stop()
    }
  })

  it('and with the list of names let in only who is in it, by the name virt-pki-query-dn prints', async () => {
    const recipe = recipeById('tls-allowed-names').build({ ...usualValues, host: 'localhost' })
    expect(pki.run(`virt-pki-query-dn ${pki.own}/clientcert.pem`)).toContain('CN=keeper')
    const lists = {
      keeper: fileOf(recipe, '/etc/libvirt/libvirtd.conf').trim(),
      nobody: 'tls_allowed_dn_list = []',
    }
    const answers: Record<string, boolean> = {}
    for (const [who, list] of Object.entries(lists)) {
      const daemon = await startOwnLibvirtd({
        transport: 'tls',
        settings: [...(await settings('auth_tls = "none"')), list],
      })
      try {
        answers[who] = await isLetIn(daemon.port)
      } finally {
        await daemon.stop()
      }
    }
    expect(answers).toEqual({ keeper: true, nobody: false })
  })
})

describe('the SASL recipes', () => {
  it('make an account that is listed, let in by scram-sha-256 over TLS, and removed again', async () => {
    const recipe = recipeById('sasl-libvirt').build(usualValues)
    const users = recipeById('sasl-users').build(usualValues)
    const folder = join(pki.root, 'etc/sasl2')
    mkdirSync(folder, { recursive: true })
    mkdirSync(join(pki.root, 'etc/libvirt'), { recursive: true })
    writeFileSync(join(folder, 'libvirt.conf'), within(pki.root, fileOf(recipe, '/etc/sasl2/libvirt.conf')))
    const env = { SASL_CONF_PATH: folder }
    const database = join(pki.root, 'etc/libvirt/passwd.db')
    // -p takes the password from the input where the recipe lets the user type it
    const add = commandWith(recipe, 'saslpasswd2 -a libvirt').replace('saslpasswd2', 'saslpasswd2 -p')
    pki.run(within(pki.root, add), { input: 'secret', env })
    const list = within(pki.root, commandWith(users, 'sasldblistusers2'))
    expect(pki.run(list, { env })).toMatch(/^keeper@/)

    chmodSync(database, 0o644)
    const daemon = await startOwnLibvirtd({
      transport: 'tls',
      saslFolder: folder,
      settings: await settings(fileOf(recipe, '/etc/libvirt/libvirtd.conf').trim()),
    })
    try {
      const auth = join(pki.root, 'auth.conf')
      const virsh = (password: string): string => {
        writeFileSync(
          auth,
          `[credentials-one]\nauthname=keeper\nusername=keeper\npassword=${password}\n[auth-libvirt-localhost]\ncredentials=one\n`,
        )
        return pki.run(
          `virsh -c 'test+tls://localhost:${daemon.port}/default?pkipath=${pki.own}&authfile=${auth}' list --all </dev/null`,
        )
      }
      expect(virsh('secret')).toContain('test')
      expect(() => virsh('wrong')).toThrow(/authentication failed/)
    } finally {
      await daemon.stop()
    }
    pki.run(within(pki.root, commandWith(users, '-d keeper')), { env })
    expect(pki.run(list, { env })).toBe('')
  })
})

describe('settings of libvirt in recipes', () => {
  it('are those its programs look for', async () => {
    const [folder = ''] = execFileSync('sh', [
      '-c',
      'ls -d /usr/lib/*/libvirt/connection-driver /usr/lib64/libvirt/connection-driver 2>/dev/null | head -n 1',
    ])
      .toString()
      .split('\n')
    const textOf = async (path: string): Promise<string> => (await readFile(path)).toString('latin1')
    // a string that ends another, as "user" does, is kept as the end of that one by the linker
    const has = (program: string | undefined, setting: string): boolean =>
      program?.includes(`${setting}\0`) ?? false
    const [daemon, qemu, lockd] = await Promise.all([
      textOf('/usr/sbin/libvirtd'),
      textOf(join(folder, 'libvirt_driver_qemu.so')),
      textOf(join(folder, '../lock-driver/lockd.so')),
    ])
    const unknown = allVariants().flatMap(({ name, text }) =>
      stepsOf(text).flatMap(({ file }) => {
        if (!file?.path.startsWith('/etc/libvirt/') || !file.path.endsWith('.conf')) return []
        // the modular daemons read the same settings as libvirtd
        const own: Record<string, string> = { 'qemu.conf': qemu, 'qemu-lockd.conf': lockd }
        const known = own[file.path.slice('/etc/libvirt/'.length)] ?? daemon
        const found = [...file.content.matchAll(/^([a-z0-9_]+) =/gm)].map(([, setting = '']) => setting)
        return found.filter((setting) => !has(known, setting)).map((setting) => `${name}: ${setting}`)
      }),
    )
    expect(unknown).toEqual([])
    expect([has(qemu, 'vnc_tls_x509_verify'), has(qemu, 'vnc_tls_x509_verif_')]).toEqual([true, false])
  })
})

describe('the ssh recipe', () => {
  it('has settings sshd takes', () => {
    const recipe = recipeById('sshd').build(usualValues)
    const file = join(pki.root, 'sshd_config')
    const key = join(pki.root, 'host_key')
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key])
    writeFileSync(file, `HostKey ${key}\n${fileOf(recipe, '/etc/ssh/sshd_config.d/50-libvirt.conf')}`)
    mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
    const inForce = execFileSync('/usr/sbin/sshd', ['-T', '-f', file]).toString()
    expect(inForce).toContain('maxsessions 30')
    expect(inForce).toContain('allowstreamlocalforwarding yes')
  })
})

describe('the recipe for consoles over TLS', () => {
  it('copies files that belong together', () => {
    const recipe = recipeById('vnc-tls').build(usualValues)
    // the account of QEMU may not exist where this runs; its group is not what is looked at
    const copy = within(pki.root, commandWith(recipe, 'server-cert.pem')).replaceAll('-g libvirt-qemu ', '')
    pki.run(copy)
    expect(pki.run(within(pki.root, commandWith(recipe, 'openssl verify')))).toContain('OK')
    expect(mode(join(pki.root, 'etc/pki/libvirt-vnc/server-key.pem'))).toBe('640')
  })
})

/** The recipes' own files, made readable for a daemon without rights. */
async function settings(auth: string): Promise<string[]> {
  const copy = join(pki.root, 'daemon')
  mkdirSync(copy, { recursive: true })
  chmodSync(pki.root, 0o755)
  const put = async (from: string, name: string): Promise<string> => {
    writeFileSync(join(copy, name), await readFile(join(pki.root, 'etc/pki', from)))
    chmodSync(join(copy, name), 0o644)
    return join(copy, name)
  }
  return [
    auth,
    `ca_file = "${await put('CA/cacert.pem', 'ca.pem')}"`,
    `cert_file = "${await put('libvirt/servercert.pem', 'cert.pem')}"`,
    `key_file = "${await put('libvirt/private/serverkey.pem', 'key.pem')}"`,
  ]
}

/** libvirt says so by a first byte, and hangs up otherwise. */
async function isLetIn(port: number): Promise<boolean> {
  const [ca, cert, key] = await Promise.all(
    ['cacert', 'clientcert', 'clientkey'].map((name) => readFile(join(pki.own, `${name}.pem`))),
  )
  return new Promise((resolve) => {
    const socket = connect({ host: 'localhost', port, ...({ ca, cert, key } as { ca: Buffer }) })
    socket.once('data', (data: Buffer) => {
      socket.destroy()
      resolve(data[0] === 1)
    })
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })
}

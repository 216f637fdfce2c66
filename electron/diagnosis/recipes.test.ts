import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { afterAll, describe, expect, it } from 'vitest'
import { findRecipes, recipeById, recipes } from '../../shared/recipes/recipes'
import { recipeIds } from '../../shared/recipes/recipe'
import { allVariants, commandsOf, fileOf, stepsOf, usualValues } from './testing/recipe-scripts'

const scratch = mkdtempSync(join(tmpdir(), 'recipes-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Read, not run. */
const syntaxOf = (script: string): string => spawnSync('sh', ['-n'], { input: script }).stderr.toString()

describe('every recipe', () => {
  it('is in the list once', () => {
    expect(recipes.map(({ id }) => id).toSorted()).toEqual(recipeIds.toSorted())
  })

  it.each(allVariants().map(({ name, text }) => [name, text] as const))(
    '%s says what it does, changes, endangers, how to check and to undo it',
    (_, text) => {
      for (const part of [text.steps, text.changes, text.dangers, text.verify, text.undo]) {
        expect(part.length).toBeGreaterThan(0)
      }
      expect(JSON.stringify(text)).not.toMatch(/undefined|\[object/)
      expect(stepsOf(text).every((step) => step.text.length > 5)).toBe(true)
    },
  )

  it('has commands a shell can read', () => {
    for (const { name, text } of allVariants()) {
      expect(`${name}: ${syntaxOf(commandsOf(text).join('\n'))}`).toBe(`${name}: `)
    }
  })

  it('quotes names, so that no host or user name becomes a command', () => {
    const mark = join(scratch, 'pwned')
    const evil = `x'"; : > ${mark}; $(: > ${mark}) \`: > ${mark}\` `
    for (const { name, text } of allVariants({ host: evil, user: evil, group: evil })) {
      const script = commandsOf(text).join('\n')
      expect(`${name}: ${syntaxOf(script)}`).toBe(`${name}: `)
      // builtins alone suffice for the mark; no program is found, so that nothing else happens
      spawnSync('/bin/sh', ['-s'], {
        input: script,
        cwd: scratch,
        env: { PATH: '/nonexistent', HOME: scratch },
      })
      expect(`${name}: ${existsSync(mark)}`).toBe(`${name}: false`)
    }
  })

  it('keeps odd names out of settings files, where a stand-in shows the place', () => {
    const text = recipeById('tls-server').build({ ...usualValues, host: 'a\n[evil]\nb$x' })
    expect(commandsOf(text).join('\n')).toContain('subjectAltName = DNS:host.example.org')
    expect(commandsOf(text).join('\n')).not.toContain('\n[evil]\nb$x\n[purpose]')
  })

  it('writes addresses as addresses into certificates', () => {
    const names = (host: string): string =>
      commandsOf(recipeById('tls-server').build({ ...usualValues, host })).join('\n')
    expect(names('10.0.0.7')).toContain('subjectAltName = IP:10.0.0.7')
    expect(names('fe80::1')).toContain('subjectAltName = IP:fe80::1')
    expect(names('db1.example.org')).toContain('subjectAltName = DNS:db1.example.org')
  })
})

describe('settings in recipes', () => {
  it('are lines libvirt can read', () => {
    for (const { name, text } of allVariants({ user: "o'hara", group: 'a "b"' })) {
      for (const { file } of stepsOf(text)) {
        if (!file?.path.startsWith('/etc/libvirt/') || !file.path.endsWith('.conf')) continue
        for (const line of file.content.trimEnd().split('\n')) {
          expect(`${name}: ${line}`).toMatch(/: [a-z][a-z0-9_]* = (\d+|"([^"\\]|\\.)*"|\["([^"\\]|\\.)*"\])$/)
        }
      }
    }
  })

  it('name the daemon that listens: virtproxyd where daemons are modular', () => {
    const paths = (daemons: 'modular' | 'monolithic'): string[] =>
      stepsOf(recipeById('tls-allowed-names').build({ ...usualValues, daemons })).flatMap(
        ({ file }) => file?.path ?? [],
      )
    expect(paths('modular')).toEqual(['/etc/libvirt/virtproxyd.conf'])
    expect(paths('monolithic')).toEqual(['/etc/libvirt/libvirtd.conf'])
  })

  it('name the packages of the distribution', () => {
    const install = (distribution: 'debian' | 'redhat' | 'suse'): string =>
      commandsOf(recipeById('sasl-libvirt').build({ ...usualValues, distribution }))[0] ?? ''
    expect(install('debian')).toBe('sudo apt install sasl2-bin libsasl2-modules')
    expect(install('redhat')).toBe('sudo dnf install cyrus-sasl-lib cyrus-sasl-scram')
    expect(install('suse')).toBe('sudo zypper install cyrus-sasl cyrus-sasl-scram')
  })

  it('let members of the group manage by polkit, and nobody else', () => {
    const rule = fileOf(
      recipeById('polkit-rule').build({ ...usualValues, group: 'a"b' }),
      '/etc/polkit-1/rules.d/50-libvirt-manage.rules',
    )
    type Rule = (action: { id: string }, subject: { isInGroup(group: string): boolean }) => unknown
    const rules: Rule[] = []
    const polkit = { addRule: (added: Rule) => rules.push(added), Result: { YES: 'yes' } }
    // as polkitd reads it, with its own "polkit" object
    runInNewContext(rule, { polkit })
    const ask = (id: string, group: string): unknown =>
      rules[0]?.({ id }, { isInGroup: (asked) => asked === group })
    expect(rules).toHaveLength(1)
    expect(ask('org.libvirt.unix.manage', 'a"b')).toBe('yes')
    expect(ask('org.libvirt.unix.manage', 'users')).toBe(undefined)
    expect(ask('org.freedesktop.login1.reboot', 'a"b')).toBe(undefined)
  })
})

describe('what recipes set', () => {
  const built = (id: (typeof recipeIds)[number], values = {}) =>
    recipeById(id).build({ ...usualValues, ...values })

  it('is the socket for a group: its owner by systemd, and no further question by the daemon', () => {
    const text = built('group-access', { group: 'vmkeepers' })
    expect(commandsOf(text)[0]).toBe(
      'sudo groupadd --force vmkeepers\nsudo usermod --append --groups vmkeepers keeper',
    )
    const unit = fileOf(text, '/etc/systemd/system/libvirtd.socket.d/access.conf')
    expect(unit).toBe('[Socket]\nSocketGroup=vmkeepers\nSocketMode=0770\n')
    const settings = fileOf(text, '/etc/libvirt/libvirtd.conf')
    expect(settings).toContain('unix_sock_group = "vmkeepers"')
    expect(settings).toContain('unix_sock_rw_perms = "0770"')
    expect(settings).toContain('auth_unix_rw = "none"')
    const modular = stepsOf(built('group-access', { daemons: 'modular' })).flatMap(
      ({ file }) => file?.path ?? [],
    )
    expect(modular).toContain('/etc/libvirt/virtqemud.conf')
    expect(modular).toContain('/etc/libvirt/virtproxyd.conf')
  })

  it('is the account guests run as, and its right to use KVM', () => {
    const text = built('qemu-user')
    expect(commandsOf(text)[0]).toBe('sudo usermod --append --groups kvm keeper')
    expect(fileOf(text, '/etc/libvirt/qemu.conf')).toBe(
      'user = "keeper"\ngroup = "kvm"\ndynamic_ownership = 1\n',
    )
  })

  it('is where consoles listen and how they are protected', () => {
    const conf = (id: 'vnc-listen' | 'vnc-password' | 'vnc-sasl' | 'vnc-tls'): string =>
      fileOf(built(id), '/etc/libvirt/qemu.conf')
    expect(conf('vnc-listen')).toContain('vnc_listen = "0.0.0.0"')
    expect(conf('vnc-password')).toContain('vnc_password = ')
    expect(conf('vnc-sasl')).toContain('vnc_sasl = 1')
    expect(conf('vnc-tls')).toContain('vnc_tls = 1')
    expect(conf('vnc-tls')).toContain('vnc_tls_x509_verify = 1')
  })

  it('is a list of console accounts QEMU can read, or the accounts of PAM, LDAP and Kerberos', () => {
    const text = built('vnc-sasl', { distribution: 'redhat' })
    expect(commandsOf(text).join('\n')).toContain(
      'sudo saslpasswd2 -f /etc/libvirt/qemu_passwd.db -a qemu keeper',
    )
    expect(commandsOf(text).join('\n')).toContain('chown root:qemu /etc/libvirt/qemu_passwd.db')
    expect(JSON.stringify(text)).toContain('saslauthd (its MECHANISMS is pam, ldap or kerberos5)')
  })

  it('is the certificate of viewers, for all accounts and for one', () => {
    const text = commandsOf(built('vnc-client-certificates')).join('\n')
    expect(text).toContain('/etc/pki/libvirt-vnc/private/clientkey.pem')
    expect(text).toContain('~/.pki/libvirt-vnc/clientcert.pem')
  })

  it('is a client certificate beside the server’s where hosts connect to each other', () => {
    const text = built('tls-both-ways')
    expect(commandsOf(text)[0]).toContain('extendedKeyUsage = clientAuth')
    expect(commandsOf(text).join('\n')).toContain('/etc/pki/libvirt/private/clientkey.pem')
    expect(text.steps[0]?.text).toContain('same authority')
  })

  it('is ssh alone for a host without screen and keyboard', () => {
    const text = commandsOf(built('headless-host')).join('\n')
    expect(text).toContain('ssh keeper@host.example.org')
    expect(text).toContain('qemu+ssh://keeper@host.example.org/system')
    expect(text).toContain('--graphics vnc,listen=127.0.0.1')
  })

  it('names the bridge that guests of xl look for', () => {
    expect(built('xen-host').dangers.join(' ')).toMatch(/bridge called xenbr0.*vif\.default\.bridge/)
  })

  it('is libvirt for Xen, with its services, and why not xl and xm', () => {
    const text = built('xen-host')
    expect(commandsOf(text).join('\n')).toContain('sudo systemctl enable --now xencommons')
    expect(text.dangers[0]).toMatch(/xl shows only guests that run.*xm is gone/)
  })
})

describe('recipes for networks of a host', () => {
  const text = (id: (typeof recipeIds)[number], values = {}): string =>
    JSON.stringify(recipeById(id).build({ ...usualValues, ...values }))

  it('make a bridge with NetworkManager everywhere, and with what else the distribution has', () => {
    for (const distribution of ['debian', 'redhat', 'suse'] as const)
      expect(text('host-bridge', { distribution })).toContain('nmcli connection add type bridge ')
    expect(text('host-bridge', { distribution: 'debian' })).toContain('/etc/network/interfaces.d/br0')
    expect(text('host-bridge', { distribution: 'suse' })).toContain('/etc/sysconfig/network/ifcfg-br0')
    expect(text('host-bridge', { distribution: 'redhat' })).not.toMatch(/ifcfg|interfaces\.d/)
  })

  it('say before a card goes into a bridge that the connection may end, and how the host goes back by itself', () => {
    const recipe = recipeById('host-bridge').build(usualValues)
    expect(recipe.dangers[0]).toContain('ssh connection')
    const commands = commandsOf(recipe)
    const at = (words: string): number => commands.findIndex((one) => one.includes(words))
    expect(at('shutdown -r +5')).toBeLessThan(at('nmcli connection down'))
    expect(recipe.dangers).toContain('A card can be part of one bridge only.')
  })

  it('keep the host out of a bridge for guests only, and name the private ranges', () => {
    expect(text('private-bridge', { distribution: 'suse' })).toContain("IPADDR='0.0.0.0/32'")
    expect(text('private-bridge')).toContain('192.168.0.0/16, 172.16.0.0/12 or 10.0.0.0/8')
  })

  it('tag a card, as part of a bridge of the same name on each host', () => {
    expect(text('host-vlan')).toContain('type vlan id')
    expect(text('host-vlan', { distribution: 'suse' })).toContain("VLAN_ID='100'")
  })

  it('route to guests with forwarding, proxy ARP and firewalld’s ports', () => {
    const recipe = recipeById('routed-guest').build(usualValues)
    expect(fileOf(recipe, '/etc/sysctl.d/90-routed-guests.conf')).toContain('net.ipv4.conf.all.proxy_arp = 1')
    expect(text('routed-guest')).toContain('--add-forward-port=port=80:proto=tcp:toport=80')
    expect(text('routed-guest')).toContain('There is no DHCP on this way')
  })

  it('let the group kvm use only bridges that are named', () => {
    expect(fileOf(recipeById('bridge-helper').build(usualValues), '/etc/qemu/bridge.conf')).toBe(
      'allow br0\n',
    )
  })
})

describe('recipes for storage of a host', () => {
  it('lock disks, by UUID in a shared folder where paths differ between hosts', () => {
    const recipe = recipeById('disk-locking').build(usualValues)
    expect(fileOf(recipe, '/etc/libvirt/qemu.conf')).toBe('lock_manager = "lockd"\n')
    expect(fileOf(recipe, '/etc/libvirt/qemu-lockd.conf')).toMatch(/lvm_lockspace_dir.*\nscsi_lockspace_dir/)
    expect(recipe.dangers.join(' ')).toContain('without the lockspace folders')
    expect(commandsOf(recipe).join('\n')).toContain('systemctl reload virtlockd')
  })

  it('share images by NFS with named hosts only, and say what root may do there', () => {
    const recipe = recipeById('shared-storage').build(usualValues)
    expect(fileOf(recipe, '/etc/exports.d/images.exports')).toContain('192.0.2.0/24(')
    expect(recipe.dangers[0]).toContain('no_root_squash')
    expect(JSON.stringify(recipe)).toContain('cache to \\"none\\"')
  })

  it('raise the number of loop devices', () => {
    expect(fileOf(recipeById('loop-devices').build(usualValues), '/etc/modprobe.d/loop.conf')).toBe(
      'options loop max_loop=128\n',
    )
  })

  it('mount images read-only, and warn of images in use', () => {
    const recipe = recipeById('mount-image').build(usualValues)
    for (const command of commandsOf(recipe).filter((one) => one.includes('mount -o')))
      expect(command).toContain('-o ro')
    expect(recipe.dangers[0]).toContain('running guest')
  })

  it('make file systems larger after their disk, and say that smaller is another matter', () => {
    const recipe = recipeById('grow-disk').build(usualValues)
    expect(commandsOf(recipe).join('\n')).toMatch(/resize2fs[^]*xfs_growfs[^]*lvextend/)
    expect(recipe.dangers.join(' ')).toContain('smaller')
  })
})

describe('recipes for moving VMs', () => {
  it('take a Xen guest to KVM: what to look at first, its preparation, a copy with sums, and the rewritten definition', () => {
    const recipe = recipeById('xen-to-kvm').build({ ...usualValues, distribution: 'suse' })
    expect(recipe.steps[0]?.text).toMatch(/pool with room.*network or bridge/)
    const commands = commandsOf(recipe).join('\n')
    expect(commands).toMatch(
      /dumpxml[^]*kernel-default[^]*virtio_blk[^]*cp --sparse[^]*md5sum[^]*mkdir -p \/var\/lib\/kvm\/images[^]*rsync[^]*md5sum/,
    )
    expect(recipe.steps.at(-1)?.text).toContain('Convert it for KVM')
    expect(recipe.dangers.join(' ')).toMatch(/SLES.*RHEL.*VMDP/)
  })

  it('make a paravirtual guest fully virtual with Xen’s drivers in it', () => {
    const recipe = recipeById('pv-to-hvm').build({ ...usualValues, distribution: 'suse' })
    expect(commandsOf(recipe).join('\n')).toContain('xen-blkfront xen-netfront')
    expect(JSON.stringify(recipe)).toMatch(/xen-vbd.*cirrus/)
  })

  it('convert from a remote Xen host with virt-v2v, which needs a key there', () => {
    const commands = commandsOf(recipeById('virt-v2v').build(usualValues)).join('\n')
    expect(commands).toMatch(
      /ssh-copy-id keeper@host.example.org[^]*virt-v2v -ic xen\+ssh:\/\/keeper@host.example.org\//,
    )
  })

  it('make a VM of a computer: the system to start it from, and what it asks', () => {
    const suse = recipeById('physical-to-vm').build({ ...usualValues, distribution: 'suse' })
    expect(commandsOf(suse).join('\n')).toMatch(/virt-p2v-make-kiwi[^]*keytable[^]*kiwi-ng/)
    expect(suse.steps.map(({ text }) => text).join(' ')).toMatch(/conversion server.*raw.*libvirt.*local/s)
  })

  it('change images from outside only while nobody else does', () => {
    const recipe = recipeById('image-scripts').build(usualValues)
    expect(commandsOf(recipe).join('\n')).toMatch(/virt-edit[^]*virt-customize/)
    expect(recipe.dangers[0]).toContain('shut down')
  })

  it('tell Vagrant’s way from the box to the VM, its providers and provisioners', () => {
    const recipe = recipeById('vagrant').build(usualValues)
    expect(commandsOf(recipe).join('\n')).toMatch(
      /vagrant-libvirt[^]*box add --name my-box[^]*vagrant init my-box\nvagrant up --provider libvirt\nvagrant ssh[^]*vagrant destroy/,
    )
    expect(fileOf(recipe, 'Vagrantfile')).toMatch(
      /provider :libvirt[^]*provision "shell"[^]*provision "ansible"/,
    )
    expect(JSON.stringify(recipe)).toMatch(
      /VirtualBox and Hyper-V.*VMware and AWS.*CFEngine, Chef, Puppet and Salt/,
    )
  })
})

describe('dangers that locked people out', () => {
  const dangers = (id: (typeof recipeIds)[number]): string =>
    recipeById(id).build(usualValues).dangers.join(' ')

  it('certificates come before TLS is switched on', () => {
    expect(dangers('tls-server')).toContain('does not start without its certificates')
    const commands = commandsOf(recipeById('tls-server').build(usualValues))
    const at = (words: string): number => commands.findIndex((text) => text.includes(words))
    expect(at('/etc/pki/libvirt/servercert.pem')).toBeLessThan(at('libvirtd-tls.socket'))
  })

  it('an empty list of names refuses everybody', () => {
    expect(dangers('tls-allowed-names')).toContain('refuses everybody')
  })

  it.each(['vnc-listen', 'vnc-password', 'vnc-sasl', 'vnc-tls'] as const)(
    '%s counts only for guests that are started anew',
    (id) => expect(dangers(id)).toContain('shut down and started again'),
  )

  it('VNC’s password has eight characters at most', () => {
    const [step] = recipeById('vnc-password').build(usualValues).steps
    expect(step?.text).toContain('eight characters')
    expect(/"(.*)"/.exec(step?.file?.content ?? '')?.[1]).toHaveLength(8)
  })

  it('digest-md5 of older guides is warned of', () => {
    expect(dangers('sasl-libvirt')).toContain('RFC 6331')
  })
})

describe('searching recipes', () => {
  const ids = (query: string): string[] => findRecipes(query).map(({ id }) => id)

  it('finds by words of the title, the summary and of error messages', () => {
    expect(ids('polkit')[0]).toBe('polkit-rule')
    expect(ids('tls_allowed_dn_list')).toEqual(['tls-allowed-names'])
    expect(ids('maxsessions')).toEqual(['sshd'])
    expect(ids('16514')).toEqual(['firewall', 'tls-server'])
  })

  it('wants all the words, whatever their case and order', () => {
    expect(ids('VNC tls')).toContain('vnc-tls')
    expect(ids('tls VNC')).toEqual(ids('VNC tls'))
    expect(ids('no such thing')).toEqual([])
  })

  it('shows all while nothing is asked', () => expect(ids('  ')).toHaveLength(recipes.length))
})

import { describe, expect, it } from 'vitest'
import { charArguments, netArguments } from './arguments'

describe('a network of QEMU', () => {
  it('has its numbers, switches, forwards and parts as the monitor wants them', () => {
    expect(
      netArguments(
        'user,id=hostnet0,net=10.0.2.0/24,ipv6-net=fec0::/64,hostfwd=tcp::2222-:22,hostfwd=udp:127.0.0.1:53-:53',
      ),
    ).toEqual({
      type: 'user',
      id: 'hostnet0',
      net: '10.0.2.0/24',
      'ipv6-prefix': 'fec0::',
      'ipv6-prefixlen': 64,
      hostfwd: [{ str: 'tcp::2222-:22' }, { str: 'udp:127.0.0.1:53-:53' }],
    })
    expect(netArguments('tap,id=n,ifname=tap0,script=no,vhost=on,queues=4')).toEqual({
      type: 'tap',
      id: 'n',
      ifname: 'tap0',
      script: 'no',
      vhost: true,
      queues: 4,
    })
    expect(netArguments('stream,id=n,server=off,addr.type=unix,addr.path=/run/a,,b')).toEqual({
      type: 'stream',
      id: 'n',
      server: false,
      addr: { type: 'unix', path: '/run/a,b' },
    })
  })
})

describe('the other end of a port', () => {
  it.each([
    [
      'socket,id=c,path=/run/x,server=on,wait=off',
      'socket',
      { addr: { type: 'unix', data: { path: '/run/x' } }, server: true, wait: false },
    ],
    [
      'socket,id=c,host=192.0.2.1,port=4711,telnet=on,reconnect=5',
      'socket',
      {
        addr: { type: 'inet', data: { host: '192.0.2.1', port: '4711' } },
        server: false,
        telnet: true,
        reconnect: 5,
      },
    ],
    [
      'udp,id=c,host=192.0.2.1,port=1,localaddr=127.0.0.1,localport=2',
      'udp',
      {
        remote: { type: 'inet', data: { host: '192.0.2.1', port: '1' } },
        local: { type: 'inet', data: { host: '127.0.0.1', port: '2' } },
      },
    ],
    ['file,id=c,path=/var/log/x,append=on', 'file', { out: '/var/log/x', append: true }],
    ['serial,id=c,path=/dev/ttyS0', 'serial', { device: '/dev/ttyS0' }],
    ['null,id=c,logfile=/var/log/x,logappend=on', 'null', { logfile: '/var/log/x', logappend: true }],
    ['spicevmc,id=c,name=usbredir', 'spicevmc', { type: 'usbredir' }],
  ])('%s is told in parts', (word, type, data) => {
    expect(charArguments(word)).toEqual({ id: 'c', backend: { type, data } })
  })
})

import type { Locale } from '#i18n/messages.ts';

interface Section {
  title: string;
  points: string[];
}

/** /docs/limits: what is real, what is simulated, what is not there. Kept apart from the messages so that no other page carries it. */
export const limits: Record<Locale, Section[]> = {
  en: [
    {
      title: 'Real',
      points: [
        'The Kubernetes API on the wire: verbs, discovery, OpenAPI, watches, Tables, server-side apply, strategic merge, dry run, field validation, error texts.',
        'Objects and their rules: defaults, validation, generations, owner references, garbage collection, finalizers.',
        'What controllers and the scheduler decide: rollouts, revisions, adoption, spreading, taints, affinity, preemption.',
      ],
    },
    {
      title: 'Simulated',
      points: [
        'Nodes and kubelets: images are pulled in modelled time, containers start, crash, back off and are probed as the model says.',
        'Disks: a driver makes, attaches, grows and detaches volumes in modelled time. Nodes fail when the annotation sim.vivakube.dev/fault asks them to.',
        'Programs: known images behave like small models of themselves; an unknown image pulls and runs as a quiet server.',
        'The network: addresses, Services, DNS and policies are computed from the state of the cluster. No packet leaves.',
        'Time: a cluster does not run while nobody looks. It is brought up to date when it is asked, with the same result.',
      ],
    },
    {
      title: 'Not there',
      points: [
        'No real process, file or connection is ever started for what you deploy. A workload cannot reach the internet or this server.',
        'A field that is not modelled is refused or warned about by its name, never ignored in silence.',
        'Devices of ResourceClaims are those that ResourceSlices describe; no driver prepares them, and their configuration has no effect.',
        'kubectl exec, attach, cp and port-forward: containers have no shell and no open ports yet.',
        'Sandboxes have limits on objects, sizes and age; the answer of the server names the limit that was reached.',
      ],
    },
  ],
  ko: [
    {
      title: '실제와 같은 것',
      points: [
        'Kubernetes API 통신: verb, discovery, OpenAPI, watch, Table, server-side apply, strategic merge, dry run, 필드 검증, 오류 메시지.',
        '오브젝트와 규칙: 기본값, 검증, generation, 소유자 참조, 가비지 컬렉션, finalizer.',
        '컨트롤러와 스케줄러의 판단: 롤아웃, 리비전, 입양(adoption), 분산 배치, 테인트, 어피니티, 선점.',
      ],
    },
    {
      title: '시뮬레이션하는 것',
      points: [
        '노드와 kubelet: 이미지를 가져오는 시간, 컨테이너의 시작과 비정상 종료, back-off, 프로브는 모델을 따릅니다.',
        '디스크: 드라이버가 모델에 따른 시간에 볼륨을 만들고, 붙이고, 늘리고, 떼어 냅니다. 노드는 sim.vivakube.dev/fault 애너테이션으로 장애를 일으킬 수 있습니다.',
        '프로그램: 알려진 이미지는 작은 모델로 동작하고, 모르는 이미지는 조용한 서버로 실행됩니다.',
        '네트워크: 주소, Service, DNS, 정책은 클러스터 상태로부터 계산합니다. 밖으로 나가는 패킷은 없습니다.',
        '시간: 아무도 보지 않는 동안 클러스터는 돌지 않습니다. 요청이 오면 같은 결과가 되도록 현재까지 따라잡습니다.',
      ],
    },
    {
      title: '없는 것',
      points: [
        '배포한 워크로드를 위해 실제 프로세스, 파일, 연결을 만들지 않습니다. 워크로드는 인터넷이나 이 서버에 닿을 수 없습니다.',
        '모델에 없는 필드는 이름을 밝혀 거부하거나 경고하며, 조용히 무시하지 않습니다.',
        'ResourceClaim에는 ResourceSlice에 적힌 장치를 할당합니다. 장치를 준비하는 드라이버는 없으므로 장치 설정은 효과가 없습니다.',
        'kubectl exec, attach, cp, port-forward: 컨테이너에는 아직 셸도 열린 포트도 없습니다.',
        '샌드박스에는 오브젝트 수, 크기, 보관 기간의 한도가 있고, 서버 응답이 어떤 한도인지 알려 줍니다.',
      ],
    },
  ],
};

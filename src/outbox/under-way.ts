/** What runs in this process now, and how much more may. */
export interface UnderWay {
  /** Begins a run, which says when it has ended. */
  readonly begin: (key: string, isPatient: boolean, run: () => Promise<void>) => void;
  readonly ended: (key: string, isPatient: boolean) => void;
  readonly has: (key: string) => boolean;
  readonly size: () => number;
  /** how many more may begin */
  readonly room: () => number;
  /** whether one more patient run may begin, beside so many that are about to */
  readonly hasRoomForPatient: (joining?: number) => boolean;
  /** whether fewer patient runs are under way than are left to them, however much else is due */
  readonly owesPatient: () => boolean;
  /** resolves once all that is under way at this moment has ended */
  readonly all: () => Promise<void>;
  /** how many were ever begun */
  readonly begun: () => number;
}

/**
 * One of so many runs at once is kept from patient work, since a Teams that does not answer would hold up what leaves;
 * and as many are left to it.
 */
const kept = 8;

/** Begins with nothing under way. @param limit how many may run at once */
export function createUnderWay(limit: number): UnderWay {
  const running = new Map<string, Promise<void>>();
  const patientLeast = Math.max(1, Math.floor(limit / kept));
  const patientLimit = Math.max(patientLeast, limit - patientLeast);
  let patients = 0;
  let begun = 0;

  return {
    begin: (key, isPatient, run) => {
      begun += 1;
      if (isPatient) patients += 1;
      running.set(key, run());
    },
    ended: (key, isPatient) => {
      running.delete(key);
      if (isPatient) patients -= 1;
    },
    has: (key) => running.has(key),
    size: () => running.size,
    room: () => limit - running.size,
    hasRoomForPatient: (joining = 0) => patients + joining < patientLimit,
    owesPatient: () => patients < patientLeast,
    all: async () => {
      await Promise.all(running.values());
    },
    begun: () => begun,
  };
}

package dev.penstock.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerDefaultsTest {
    /** What API servers of 1.34 and 1.37 made of what was written; those of 1.34 know no images and no files. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a tagged image       | volumes | {name: v, image: {reference: 'a:5/b:1'}}       | {name: v, image: {reference: 'a:5/b:1', pullPolicy: IfNotPresent}}
        an untagged image    | volumes | {name: v, image: {reference: 'a:5/b'}}         | {name: v, image: {reference: 'a:5/b', pullPolicy: Always}}
        the latest image     | volumes | {name: v, image: {reference: 'b:latest'}}      | {name: v, image: {reference: 'b:latest', pullPolicy: Always}}
        an image by digest   | volumes | {name: v, image: {reference: 'b@sha256:1'}}    | {name: v, image: {reference: 'b@sha256:1', pullPolicy: IfNotPresent}}
        a claim              | volumes | {name: v, ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 1024Mi}}}}}} | {name: v, ephemeral: {volumeClaimTemplate: {metadata: {}, spec: {volumeMode: Filesystem, resources: {requests: {storage: 1Gi}}}}}}
        a claim before 1.34  | volumes | {name: v, ephemeral: {volumeClaimTemplate: {spec: {}}}} | {name: v, ephemeral: {volumeClaimTemplate: {metadata: {creationTimestamp: null}, spec: {volumeMode: Filesystem}}}}
        iSCSI                | volumes | {name: v, iscsi: {lun: 0}}                     | {name: v, iscsi: {lun: 0, iscsiInterface: default}}
        a disk of Azure      | volumes | {name: v, azureDisk: {diskName: a}}            | {name: v, azureDisk: {diskName: a, cachingMode: ReadWrite, fsType: ext4, kind: Shared, readOnly: false}}
        RBD                  | volumes | {name: v, rbd: {image: a}}                     | {name: v, rbd: {image: a, keyring: /etc/ceph/keyring, pool: rbd, user: admin}}
        ScaleIO              | volumes | {name: v, scaleIO: {system: a}}                | {name: v, scaleIO: {system: a, fsType: xfs, storageMode: ThinProvisioned}}
        a path of the node   | volumes | {name: v, hostPath: {path: /a}}                | {name: v, hostPath: {path: /a, type: ''}}
        what has no source   | volumes | {name: v}                                      | {name: v, emptyDir: {}}
        a secret             | volumes | {name: v, secret: {secretName: a}}             | {name: v, secret: {secretName: a, defaultMode: 420}}
        projected sources    | volumes | {name: v, projected: {sources: [{serviceAccountToken: {path: a}}, {downwardAPI: {items: [{path: a, fieldRef: {fieldPath: b}}]}}]}} | {name: v, projected: {defaultMode: 420, sources: [{serviceAccountToken: {path: a, expirationSeconds: 3600}}, {downwardAPI: {items: [{path: a, fieldRef: {apiVersion: v1, fieldPath: b}}]}}]}}
        of a file            | env     | {name: A, valueFrom: {fileKeyRef: {key: a}}}   | {name: A, valueFrom: {fileKeyRef: {key: a, optional: false}}}
        of a resource        | env     | {name: A, valueFrom: {resourceFieldRef: {resource: a}}} | {name: A, valueFrom: {resourceFieldRef: {resource: a, divisor: '0'}}}
        a port of no node    | ports   | {containerPort: 80, hostPort: 0}               | {containerPort: 80, protocol: TCP}
        a port               | ports   | {containerPort: 80}                            | {containerPort: 80, protocol: TCP}
        an HTTP request      | httpGet | {port: 80}                                     | {port: 80, path: /, scheme: HTTP}
        gRPC                 | grpc    | {port: 80}                                     | {port: 80, service: ''}
        a rule for failures  | rules   | {onPodConditions: [{type: a}]}                 | {onPodConditions: [{type: a, status: 'True'}]}
        """)
    void isAsWantedWithWhatTheApiServerFillsIn(String story, String holder, String written, String stored) {
        assertThat(isAsWanted(holder, stored, written)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        another pull policy       | volumes | {name: v, image: {reference: 'b:1'}}     | {name: v, image: {reference: 'b:1', pullPolicy: Always}}
        another image             | volumes | {name: v, image: {reference: 'b:2'}}     | {name: v, image: {reference: 'b:1', pullPolicy: IfNotPresent}}
        a file system of another  | volumes | {name: v, iscsi: {lun: 0}}               | {name: v, iscsi: {lun: 0, fsType: xfs}}
        a user of another         | volumes | {name: v, cephfs: {path: /}}             | {name: v, cephfs: {path: /, user: admin}}
        a labelled claim          | volumes | {name: v, ephemeral: {volumeClaimTemplate: {}}} | {name: v, ephemeral: {volumeClaimTemplate: {metadata: {labels: {a: b}}}}}
        another source            | volumes | {name: v, nfs: {path: /}}                | {name: v, emptyDir: {}}
        """)
    void isNotAsWantedWithWhatItDoesNot(String story, String holder, String written, String stored) {
        assertThat(isAsWanted(holder, stored, written)).isFalse();
    }

    private static boolean isAsWanted(String holder, String stored, String written) {
        FieldPath path = FieldPath.ROOT.member("spec").member(holder);
        JsonNode value = Yaml.tree(stored);
        return ServerDefaults.isAsWanted(
                MergeKeys.of(holder).isPresent() || holder.equals("rules") ? path.element(0, "v") : path,
                value,
                Yaml.tree(written));
    }
}

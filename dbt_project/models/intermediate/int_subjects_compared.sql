{# Teachers whose subjects and certificate are both known: whether any subject taught is one of the certificate's. #}
{% set separators = "'[、,，/;；]'" %}

with

teachers as (
    select * from {{ ref('int_teachers_current') }}
    where subject <> '' and certificate_subject <> ''
),

families as (
    select * from {{ ref('subject_families') }}
),

words as (
    select
        school_year,
        teacher_key,
        'taught' as side,
        unnest(regexp_split_to_array(subject, {{ separators }})) as word
    from teachers
    union all
    select
        school_year,
        teacher_key,
        'certified' as side,
        regexp_replace(
            unnest(regexp_split_to_array(certificate_subject, {{ separators }})),
            '^(小学|初中|初级中学|高中|高级中学|中学)(.+)', '\2'
        ) as word
    from teachers
),

related as (
    select
        words.school_year,
        words.teacher_key,
        words.side,
        coalesce(families.family, words.word) as family
    from words
    left join families on words.word = families.subject
),

final as (
    select
        taught.school_year,
        taught.teacher_key,
        not bool_or(certified.family in (taught.family, '全科')) as is_outside_subject
    from related as taught
    inner join related as certified using (school_year, teacher_key)
    where taught.side = 'taught' and certified.side = 'certified'
    group by taught.school_year, taught.teacher_key
)

select * from final

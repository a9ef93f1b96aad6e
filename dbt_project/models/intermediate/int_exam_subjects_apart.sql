{# Two papers of one sitting that no school has both of: perhaps one subject under two names, and no total whole. #}

with

marks as (
    select * from {{ ref('fct_exam_school') }}
    where subject <> 'total'
),

exams as (
    select * from {{ ref('dim_exam') }}
),

pairs as (
    select
        one.exam_code,
        one.grade,
        one.subject,
        other.subject as other_subject,
        any_value(one.school_year) as school_year,
        count(case when one.school_code = other.school_code then 1 end) as schools_with_both
    from marks as one
    inner join marks as other
        on one.exam_code = other.exam_code and one.grade = other.grade and one.subject < other.subject
    group by one.exam_code, one.grade, one.subject, other.subject
),

final as (
    select
        pairs.*,
        exams.exam_name || ' ' || pairs.grade || '年级' as item_zh,
        exams.exam_name || ', grade ' || pairs.grade as item_en
    from pairs
    inner join exams on pairs.exam_code = exams.exam_code
    where pairs.schools_with_both = 0
)

select * from final
